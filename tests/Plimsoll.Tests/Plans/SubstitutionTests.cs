using System.Diagnostics;
using System.Text;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Plans;
using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.Mapping;
using Plimsoll.Plans.Rendering;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Plans;

/// <summary>Attacks on substitution, executed by a real shell.</summary>
public sealed class SubstitutionTests
{
    private static readonly string[] Attacks =
    [
        "plain",
        "two words",
        "",
        "*",
        "~",
        "-n",
        "--help",
        "$(touch pwned)",
        "`touch pwned`",
        "'; touch pwned; '",
        "\"; touch pwned; \"",
        "; touch pwned",
        "&& touch pwned",
        "| touch pwned",
        "\ntouch pwned\n",
        "a\nb",
        "trailing newline\n",
        "\\",
        "\\'",
        "'\"'\"'",
        "${HOME}",
        "$PLIMSOLL_VALUE_1",
        "{{x}}",
        "{{needs.build.key|raw}}",
        "#comment",
        "<<EOF",
        ")",
        "}",
        "]] && touch pwned",
        "x=1",
        "!!",
        "%s%n",
        "a[$(touch pwned)]",
        "ünïcödé 😀",
        "\u202e\u0007\e[31m",
    ];

    /// <summary>Lines in which <c>{{x}}</c> is allowed; each prints the value alone between brackets.</summary>
    private static readonly string[] Lines =
    [
        "printf '[%s]' {{x}}",
        "printf '[%s]' \"\"{{x}}\"\"",
        "printf %s%s%s '['{{x}}']'",
        "v={{x}}; printf '[%s]' \"$v\"",
        "v=\"$(printf %s. {{x}})\"; printf '[%s]' \"${v%.}\"",
        "f() { printf '[%s]' {{x}}; }; set -- other; f another",
        "case {{x}} in {{x}}) printf '[%s]' {{x}};; *) echo no;; esac",
        "if [ {{x}} = {{x}} ]; then printf '[%s]' {{x}}; fi # {{x}} ' \"",
        "cat <<'EOF' >/dev/null\ntext ' \" ` $(\nEOF\nprintf '[%s]' {{x}}",
        "sh -c 'printf \"[%s]\" \"$1\"' sh {{x}}",
        "IFS=abcdefg; printf '[%s]' {{x}}",
        "printf '[%s]' {{x}} > out; cat out",
        "(printf '[%s]' {{x}})",
    ];

    [Fact]
    public void In_a_shell_line_a_matrix_value_is_exactly_one_word()
    {
        foreach (string line in Lines)
        {
            foreach (string attack in Attacks)
            {
                CompiledPlan plan = PlanText.Good(Json(new() { ["matrix"] = new Dictionary<string, object> { ["x"] = new[] { attack } }, ["run"] = line }));
                Check(PlanText.Names(plan)[0], plan, line, attack, new PlanText.FakeValues());
            }
        }
    }

    [Fact]
    public void In_a_shell_line_an_output_is_exactly_one_word_and_is_never_expanded_again()
    {
        foreach (string attack in Attacks)
        {
            CompiledPlan plan = PlanText.Good("""
                tasks:
                  build: {run: ls}
                  use: {needs: build, run: "printf '[%s]' {{needs.build.key}}"}
                """);
            Check("use", plan, "output", attack, new PlanText.FakeValues { Outputs = { ["build.key"] = attack } });
        }
    }

    [Fact]
    public void In_a_shell_line_a_parameter_is_exactly_one_word()
    {
        foreach (string attack in Attacks)
        {
            CompiledPlan plan = PlanText.Good(
                Json(new() { ["template"] = "show", ["params"] = new Dictionary<string, object> { ["x"] = attack.Replace("{{", "\\{{", StringComparison.Ordinal) } }),
                PlanText.Configured("""templates: {show: {params: [x], run: "printf '[%s]' {{x}}"}}"""));
            Check("t", plan, "parameter", attack, new PlanText.FakeValues());
        }
    }

    [Fact]
    public void Random_values_up_to_100_KB_are_exactly_one_word_in_every_line()
    {
        Random random = new(20261121);
        CompiledPlan[] plans = [.. Lines.Select(line => PlanText.Good(
            Json(new() { ["needs"] = "build", ["run"] = line.Replace("{{x}}", "{{needs.build.key}}", StringComparison.Ordinal) }, ("build", new() { ["run"] = "ls" }))))];
        for (int round = 0; round < TestLevel.Count(quick: 60, all: 600, soak: 6000); round++)
        {
            string value = RandomValue(random, round % 10 == 0 ? 100_000 : 60);
            int line = random.Next(Lines.Length);
            Check("t", plans[line], Lines[line], value, new PlanText.FakeValues { Outputs = { ["build.key"] = value } });
        }
    }

    [Fact]
    public void In_argv_a_value_is_exactly_one_argument()
    {
        foreach (string attack in Attacks)
        {
            CompiledPlan plan = PlanText.Good(Json(new()
            {
                ["matrix"] = new Dictionary<string, object> { ["x"] = new[] { attack } },
                ["run"] = new[] { "prog", "{{x}}", "--file={{x}}.{{x}}", "\\{{x}}" },
                ["cwd"] = "in/{{x}}",
                ["env"] = new Dictionary<string, object> { ["V"] = "<{{x}}>" },
            }));
            RenderedTask task = PlanText.Rendered(plan, PlanText.Names(plan)[0]);
            Assert.Equal(["prog", attack, $"--file={attack}.{attack}", "{{x}}"], task.Arguments);
            Assert.Equal("in/" + attack, task.WorkingFolder);
            Assert.Equal($"<{attack}>", task.Environment[0].Value);
        }
    }

    [Fact]
    public void Only_raw_written_in_the_plan_itself_is_not_quoted()
    {
        CompiledPlan plan = PlanText.Good("""tasks: {t: {matrix: {x: ["a b"]}, run: "printf '[%s]' {{ x | raw }} {{x}}"}}""");
        Assert.Equal("[a][b][a b]", Run(PlanText.Rendered(plan, "t[a b]"), out _));
    }

    [Theory]
    [InlineData("echo '{{x}}'", "inside quotes")]
    [InlineData("echo \"a {{x}} b\"", "inside quotes")]
    [InlineData("echo \"$(echo '{{x}}')\"", "inside quotes")]
    [InlineData("sh -c 'echo {{x}}'", "inside quotes")]
    [InlineData("sh -c \"echo {{x}}\"", "inside quotes")]
    [InlineData("sh -c {{x}}", "as shell text again")]
    [InlineData("/bin/bash -ec {{x}}", "as shell text again")]
    [InlineData("sudo -u me bash -c {{x}}", "as shell text again")]
    [InlineData("ls; eval echo {{x}}", "as shell text again")]
    [InlineData("a | eval {{x}}", "as shell text again")]
    [InlineData("(eval {{x}})", "as shell text again")]
    [InlineData("echo $(eval {{x}})", "as shell text again")]
    [InlineData("trap {{x}} EXIT", "as shell text again")]
    [InlineData("ssh host rm {{x}}", "as shell text again")]
    [InlineData("echo `echo {{x}}`", "backticks")]
    [InlineData("echo $(( {{x}} + 1 ))", "arithmetic")]
    [InlineData("(( {{x}} ))", "arithmetic")]
    [InlineData("echo ${A:-{{x}}}", "inside ${")]
    [InlineData("echo \"${A:-{{x}}}\"", "inside ${")]
    [InlineData("cat <<EOF\n{{x}}\nEOF", "here-document")]
    [InlineData("cat <<-'E F'\n\t{{x}}\n", "here-document")]
    [InlineData("cat <<A <<B\nA\n{{x}}\nB", "here-document")]
    [InlineData("[[ {{x}} -eq 1 ]]", "[[")]
    [InlineData("echo ${{x}}", "follows a $")]
    public void A_place_that_cannot_be_made_safe_is_refused(string line, string reason)
    {
        CompileResult result = PlanText.Compile(Json(new() { ["matrix"] = new Dictionary<string, object> { ["x"] = new[] { "v" } }, ["run"] = line }));
        Assert.Contains(reason, Assert.Single(result.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_a_program_cannot_be_given_are_errors_and_not_cut()
    {
        CompiledPlan plan = PlanText.Good("tasks: {a: {run: ls}, b: {needs: a, run: [echo, \"{{needs.a.k}}\"]}, c: {needs: a, run: \"echo {{needs.a.k}}\"}}");
        foreach (string task in new[] { "b", "c" })
        {
            Assert.Contains("NUL", PlanText.Render(plan, task, new() { Outputs = { ["a.k"] = "x\0y" } }).Error, StringComparison.Ordinal);
            Assert.Contains("at most 131071", PlanText.Render(plan, task, new() { Outputs = { ["a.k"] = new string('x', 200_000) } }).Error, StringComparison.Ordinal);
            Assert.Equal($"{task}: a wrote no output k; it must write a line k=value to $PLIMSOLL_OUTPUT", PlanText.Render(plan, task).Error);
        }
    }

    [Fact]
    public void Items_of_a_map_never_reach_a_shell()
    {
        MapCompiler map = MapCompiler.Create(new MapOptions(["prog", "{}", "{.}|{/}|{//}|{/.}|{#}", "{{x}}"], TaskPolicy.Default), PlimsollConfiguration.Default, out _)!;
        CompiledBlock block = map.Compile([.. Attacks.Select((text, i) => new MapLine(i + 1, text))]);
        TaskRenderer renderer = TaskRenderer.Create(block.Document, PlanText.Executable);
        for (int i = 0; i < Attacks.Length; i++)
        {
            RenderedTask task = renderer.Render(i, block.Block.Names[i], new PlanText.FakeValues()).Task!;
            Assert.Equal(4, task.Arguments.Length);
            Assert.Equal(Attacks[i], task.Arguments[1]);
            Assert.Equal("{{x}}", task.Arguments[3]);
        }
    }

    private static void Check(string name, CompiledPlan plan, string line, string attack, PlanText.FakeValues values)
    {
        RenderedTask task = PlanText.Rendered(plan, name, values);
        string output = Run(task, out bool pwned);
        Assert.False(pwned, $"{line} executed {attack}");
        Assert.Equal($"[{attack}]", output);
    }

    /// <summary>Fragments that mean something to a shell in random order, at most so many bytes.</summary>
    private static string RandomValue(Random random, int mostBytes)
    {
        StringBuilder value = new();
        int wanted = random.Next(mostBytes);
        for (int bytes = 0; bytes < wanted;)
        {
            string piece = random.Next(3) == 0 ? Attacks[random.Next(Attacks.Length)] : ((char)random.Next(1, 0x80)).ToString();
            bytes += Encoding.UTF8.GetByteCount(piece);
            if (bytes <= wanted)
                value.Append(piece);
        }

        return value.ToString();
    }

    private static string Json(Dictionary<string, object> task, params (string Id, Dictionary<string, object> Task)[] others)
    {
        Dictionary<string, object> tasks = new() { ["t"] = task };
        foreach ((string id, Dictionary<string, object> other) in others)
        {
            tasks[id] = other;
        }

        return System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, object> { ["tasks"] = tasks });
    }

    private static string Run(RenderedTask task, out bool pwned)
    {
        using PlanText.TemporaryFolder folder = new();
        ProcessStartInfo start = new(task.Arguments[0], task.Arguments.Skip(1)) { UseShellExecute = false, WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (EnvironmentEntry entry in task.Environment)
        {
            start.Environment[entry.Name] = entry.Value;
        }

        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        Assert.Equal("", process.StandardError.ReadToEnd());
        Assert.True(process.WaitForExit(30_000));
        pwned = File.Exists(Path.Combine(folder.Path, "pwned"));
        return output;
    }
}
