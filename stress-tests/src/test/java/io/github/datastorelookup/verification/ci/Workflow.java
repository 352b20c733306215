package io.github.datastorelookup.verification.ci;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A workflow of GitHub Actions, and what is wrong with it. */
final class Workflow {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();
  private static final Set<String> KEYS =
      Set.of("name", "on", "permissions", "concurrency", "env", "jobs");
  private static final Set<String> JOB_KEYS =
      Set.of("needs", "if", "strategy", "runs-on", "timeout-minutes", "env", "steps");
  private static final Set<String> STEP_KEYS =
      Set.of("id", "name", "if", "uses", "with", "run", "env", "working-directory");
  private static final Pattern PINNED =
      Pattern.compile("[\\w.-]+/[\\w./-]+@(v\\d+(\\.\\d+)*|[0-9a-f]{40})");
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{(.*?)}}");
  private static final Pattern REFERENCE =
      Pattern.compile("\\b(matrix|inputs|needs|steps|env|github)\\.([\\w-]+)(?:\\.([\\w-]+))?");
  private static final Pattern CRON = Pattern.compile("github\\.event\\.schedule == '([^']*)'");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([A-Z]\\w*)");
  private static final Set<String> OF_GITHUB =
      Set.of("workflow", "event_name", "event", "ref", "run_id", "run_number", "sha");
  private static final Set<String> OF_THE_SHELL = Set.of("PATH", "USER", "HOME");

  private final JsonNode root;
  private final MavenCommands maven;
  private final Set<String> problems = new TreeSet<>();

  private Workflow(JsonNode root, MavenCommands maven) {
    this.root = root;
    this.maven = maven;
  }

  /** Each problem in a line with its place. */
  static Set<String> problems(String yaml, MavenCommands maven) {
    try {
      Workflow workflow = new Workflow(YAML.readTree(yaml), maven);
      workflow.check();
      return workflow.problems;
    } catch (JsonProcessingException e) {
      return Set.of("no YAML: " + e.getOriginalMessage());
    }
  }

  private void check() {
    known("workflow", root, KEYS);
    for (String key : List.of("on", "permissions", "jobs")) {
      if (!root.has(key)) {
        problems.add("workflow: has no " + key);
      }
    }
    expressions("workflow", root.path("concurrency").toString(), root, Set.of());
    expressions("workflow", root.path("env").toString(), root, Set.of());
    for (Map.Entry<String, JsonNode> job : root.path("jobs").properties()) {
      job(job.getKey(), job.getValue());
    }
  }

  private void job(String name, JsonNode job) {
    known(name, job, JOB_KEYS);
    if (!job.has("runs-on") || job.path("timeout-minutes").asInt() <= 0) {
      problems.add(name + ": needs runs-on and timeout-minutes");
    }
    for (String need : texts(job.path("needs"))) {
      if (!root.path("jobs").has(need)) {
        problems.add(name + ": needs " + need + ", which is no job");
      }
    }
    expressions(name, job.path("runs-on").asText() + asExpression(job), job, Set.of());
    if (job.path("steps").isEmpty()) {
      problems.add(name + ": has no steps");
    }
    Set<String> steps = new HashSet<>();
    int number = 0;
    for (JsonNode step : job.path("steps")) {
      number++;
      step(name + " step " + number, step, job, steps);
      steps.add(step.path("id").asText());
    }
  }

  private void step(String where, JsonNode step, JsonNode job, Set<String> steps) {
    known(where, step, STEP_KEYS);
    String uses = step.path("uses").asText();
    if (step.has("uses") == step.has("run")) {
      problems.add(where + ": either uses or run");
    } else if (step.has("uses") && !PINNED.matcher(uses).matches()) {
      problems.add(where + ": " + uses + " is not pinned to a version");
    }
    expressions(where, step + asExpression(step), job, steps);
    if (uses.startsWith("actions/upload-artifact@")) {
      String artifact = step.path("with").path("name").asText();
      for (Map.Entry<String, JsonNode> axis : matrix(job).properties()) {
        if (!artifact.contains("matrix." + axis.getKey())) {
          problems.add(where + ": two jobs of the matrix upload " + artifact);
        }
      }
    }
    step.path("run").asText().lines().forEach(line -> run(where, line, step, job));
  }

  private void run(String where, String line, JsonNode step, JsonNode job) {
    VARIABLE
        .matcher(line)
        .results()
        .map(found -> found.group(1))
        .filter(name -> !OF_THE_SHELL.contains(name) && environment(name, step, job).isEmpty())
        .forEach(name -> problems.add(where + ": nothing sets $" + name));
    String command = line.replace("$MAVEN", environment("MAVEN", step, job));
    int begin = command.indexOf("mvn ");
    if (begin >= 0) {
      String plain = EXPRESSION.matcher(command.substring(begin)).replaceAll("1");
      maven.problems(plain).forEach(problem -> problems.add(where + ": " + problem));
    }
  }

  private String environment(String name, JsonNode step, JsonNode job) {
    for (JsonNode each : List.of(step, job, root)) {
      if (each.path("env").has(name)) {
        return each.path("env").path(name).asText();
      }
    }
    return "";
  }

  /** Checks what the expressions in a text refer to. */
  private void expressions(String where, String text, JsonNode job, Set<String> steps) {
    EXPRESSION
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .forEach(
            expression -> {
              REFERENCE
                  .matcher(expression)
                  .results()
                  .filter(it -> !exists(it.group(1), it.group(2), job, steps))
                  .forEach(it -> problems.add(where + ": there is no " + it.group()));
              CRON.matcher(expression)
                  .results()
                  .filter(it -> !crons().contains(it.group(1)))
                  .forEach(it -> problems.add(where + ": no schedule is " + it.group(1)));
            });
  }

  private boolean exists(String context, String name, JsonNode job, Set<String> steps) {
    return switch (context) {
      case "matrix" -> matrix(job).has(name);
      case "inputs" -> root.path("on").path("workflow_dispatch").path("inputs").has(name);
      case "needs" -> texts(job.path("needs")).contains(name);
      case "steps" -> steps.contains(name);
      case "env" -> root.path("env").has(name) || job.path("env").has(name);
      default -> OF_GITHUB.contains(name);
    };
  }

  private static JsonNode matrix(JsonNode job) {
    return job.path("strategy").path("matrix");
  }

  private List<String> crons() {
    return root.path("on").path("schedule").findValuesAsText("cron");
  }

  /** A condition is an expression with or without its braces. */
  private static String asExpression(JsonNode node) {
    return "${{" + node.path("if").asText() + "}}";
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isTextual()) {
      texts.add(node.asText());
    }
    node.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  private void known(String where, JsonNode node, Set<String> keys) {
    Set<String> unknown = new TreeSet<>();
    node.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(keys);
    unknown.forEach(key -> problems.add(where + ": unknown key " + key));
  }
}
