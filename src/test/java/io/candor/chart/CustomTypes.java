package io.candor.chart;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Map;

/**
 * What the chart uses of the custom resources of CloudNativePG 1.25, of Strimzi 0.49 and of the
 * Prometheus operator 0.80, and of later ones: a subset of their published schemas, with their
 * names and types. A field that is not here has to be looked up there first.
 */
final class CustomTypes {
  private CustomTypes() {}

  record SecretName(String name) {}

  record PostgresCluster(
      String apiVersion, String kind, ObjectMeta metadata, PostgresClusterSpec spec) {}

  record PostgresClusterSpec(
      String imageName,
      int instances,
      PostgresStorage storage,
      ResourceRequirements resources,
      PostgresSettings postgresql,
      Bootstrap bootstrap,
      ManagedRoles managed,
      PostgresMonitoring monitoring) {}

  record PostgresStorage(String size, String storageClass) {}

  record PostgresSettings(Map<String, String> parameters) {}

  record Bootstrap(InitDatabase initdb) {}

  record InitDatabase(
      String database,
      String owner,
      SecretName secret,
      String encoding,
      @JsonProperty("postInitApplicationSQL") List<String> afterwards) {}

  record ManagedRoles(List<Role> roles) {}

  record Role(String name, Ensure ensure, boolean login, SecretName passwordSecret) {}

  enum Ensure {
    present,
    absent
  }

  record PostgresMonitoring(boolean enablePodMonitor) {}

  record ServiceMonitor(
      String apiVersion, String kind, ObjectMeta metadata, ServiceMonitorSpec spec) {}

  record ServiceMonitorSpec(LabelSelector selector, List<Endpoint> endpoints) {}

  record Endpoint(String port, String path, String interval) {}

  record PrometheusRule(String apiVersion, String kind, ObjectMeta metadata, Rules spec) {}

  record Rules(List<RuleGroup> groups) {}

  record RuleGroup(String name, List<Rule> rules) {}

  record Rule(
      String record,
      String alert,
      String expr,
      @JsonProperty("for") String lasting,
      Map<String, String> labels,
      Map<String, String> annotations) {}

  record Kafka(String apiVersion, String kind, ObjectMeta metadata, KafkaSpec spec) {}

  record KafkaSpec(Brokers kafka, EntityOperator entityOperator) {}

  record Brokers(
      String version,
      List<Listener> listeners,
      Authorization authorization,
      Map<String, Object> config) {}

  record Listener(
      String name, int port, ListenerType type, boolean tls, Authentication authentication) {}

  enum ListenerType {
    internal
  }

  record Authentication(AuthenticationType type) {}

  enum AuthenticationType {
    @JsonProperty("scram-sha-512")
    SCRAM_SHA_512
  }

  record EntityOperator(Map<String, String> topicOperator, Map<String, String> userOperator) {}

  record KafkaNodePool(String apiVersion, String kind, ObjectMeta metadata, NodePoolSpec spec) {}

  record NodePoolSpec(
      int replicas, List<NodeRole> roles, NodeStorage storage, ResourceRequirements resources) {}

  enum NodeRole {
    controller,
    broker
  }

  record NodeStorage(String type, List<NodeVolume> volumes) {}

  record NodeVolume(
      int id,
      String type,
      String size,
      @JsonProperty("class") String storageClass,
      String kraftMetadata) {}

  record KafkaTopic(String apiVersion, String kind, ObjectMeta metadata, TopicSpec spec) {}

  record TopicSpec(String topicName, int partitions, int replicas, Map<String, Object> config) {}

  record KafkaUser(String apiVersion, String kind, ObjectMeta metadata, UserSpec spec) {}

  record UserSpec(Authentication authentication, Authorization authorization) {}

  record Authorization(String type, List<Acl> acls) {}

  record Acl(AclResource resource, List<Operation> operations) {}

  record AclResource(String type, String name, String patternType) {}

  enum Operation {
    Create,
    Describe,
    Read,
    Write
  }
}
