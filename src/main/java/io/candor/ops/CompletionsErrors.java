package io.candor.ops;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.candor.chat.CompletionsError;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

/** Below /v1/, where OpenAI's clients ask, a {@link Problem} has the shape of OpenAI's errors. */
@Provider
class CompletionsErrors implements ContainerResponseFilter {
  static final String PATH = "/v1/";

  private final ObjectMapper json;

  CompletionsErrors(ObjectMapper json) {
    this.json = json;
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getEntity() instanceof Problem problem
        && request.getUriInfo().getPath().startsWith(PATH)) {
      response.setEntity(
          CompletionsError.of(json.valueToTree(problem)), null, MediaType.APPLICATION_JSON_TYPE);
    }
  }
}
