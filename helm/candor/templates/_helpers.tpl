{{- define "candor.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{- define "candor.selector" -}}
app.kubernetes.io/name: candor
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{/* Labels of an object of one component: dict "root" $ "component" "vllm". */}}
{{- define "candor.labels" -}}
app.kubernetes.io/name: {{ ternary "candor" (printf "candor-%s" .component) (eq .component "server") }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end }}

{{- define "candor.database" -}}
{{- if .Values.database.cloudNativePg.enabled -}}
jdbc:postgresql://{{ .Release.Name }}-db-rw:5432/candor?sslmode=require
{{- else -}}
{{ .Values.database.url }}
{{- end }}
{{- end }}

{{- define "candor.databasePort" -}}
{{- regexFind ":[0-9]+/" (include "candor.database" .) | trimAll ":/" | default "5432" }}
{{- end }}

{{- define "candor.kafka" -}}
{{- if .Values.kafka.strimzi.enabled -}}
{{ .Release.Name }}-kafka-kafka-bootstrap:9093
{{- else -}}
{{ .Values.kafka.bootstrapServers }}
{{- end }}
{{- end }}

{{/* The secret's two keys as two variables: dict "secret" name "user" VARIABLE "password" VARIABLE. */}}
{{- define "candor.role" -}}
- name: {{ .user }}
  valueFrom: {secretKeyRef: {name: {{ .secret }}, key: username}}
- name: {{ .password }}
  valueFrom: {secretKeyRef: {name: {{ .secret }}, key: password}}
{{- end }}

{{/* Nobody is root, nothing is written but to mounted folders. */}}
{{- define "candor.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "candor.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}

{{/* Fetches a file and checks it: dict "root" $ "name" "model" "url" … "sha256" … "file" … "volume" … */}}
{{- define "candor.download" -}}
- name: fetch-{{ .name }}
  image: {{ .root.Values.tools.image }}
  command: [sh, -ec]
  args:
    - |
      if echo "$SHA256  $FILE" | sha256sum -c -s 2>/dev/null; then exit 0; fi
      curl --fail --location --silent --show-error --retry 5 --output "$FILE.part" "$URL"
      echo "$SHA256  $FILE.part" | sha256sum -c
      mv "$FILE.part" "$FILE"
      case "$URL" in *.tar.gz) tar -xzf "$FILE" -C "$(dirname "$FILE")" ;; esac
  env:
    - {name: URL, value: {{ .url | quote }}}
    - {name: SHA256, value: {{ .sha256 | quote }}}
    - {name: FILE, value: {{ .file | quote }}}
  securityContext: {{- include "candor.containerSecurity" . | nindent 4 }}
  resources:
    requests: {cpu: 100m, memory: 64Mi}
    limits: {memory: 256Mi}
  volumeMounts:
    - {name: {{ .volume }}, mountPath: /models}
{{- end }}
