package io.candor.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.Map;

/** Reads an object as its type; a field that the type does not have is an error. */
final class KubernetesTypes {
  private static final Map<String, Class<?>> TYPES =
      Map.ofEntries(
          Map.entry("v1 ConfigMap", ConfigMap.class),
          Map.entry("v1 Pod", Pod.class),
          Map.entry("v1 Service", Service.class),
          Map.entry("v1 ServiceAccount", ServiceAccount.class),
          Map.entry("apps/v1 Deployment", Deployment.class),
          Map.entry("autoscaling/v2 HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
          Map.entry("batch/v1 Job", Job.class),
          Map.entry("networking.k8s.io/v1 Ingress", Ingress.class),
          Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
          Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class));

  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .setAnnotationIntrospector(new NothingElse());

  private KubernetesTypes() {}

  /** The models keep fields that they do not know in a map; here they have none. */
  private static final class NothingElse extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return false;
    }
  }

  /** The type's group, version and kind, as in {@code apps/v1 Deployment}. */
  static String name(JsonNode object) {
    return object.path("apiVersion").asText("none") + " " + object.path("kind").asText("none");
  }

  /** Whether it is one of Kubernetes' own. */
  static boolean know(JsonNode object) {
    return TYPES.containsKey(name(object));
  }

  /** An IllegalArgumentException tells which field is unknown. */
  static Object read(JsonNode object) {
    return read(object, object, TYPES.get(name(object)));
  }

  /** Reads what every object has, a custom one too: its name, labels and annotations. */
  static Object readMetadata(JsonNode object) {
    return read(object, object.path("metadata"), ObjectMeta.class);
  }

  private static Object read(JsonNode object, JsonNode part, Class<?> type) {
    try {
      return STRICT.treeToValue(part, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          name(object) + " " + object.path("metadata").path("name") + ": " + e.getMessage(), e);
    }
  }
}
