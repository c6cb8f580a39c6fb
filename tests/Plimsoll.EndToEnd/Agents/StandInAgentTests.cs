using System.Text.Json;
using Plimsoll.EndToEnd.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Agents;

/// <summary>The command line of every built-in agent, as a stand-in program of its name receives it.</summary>
public sealed class StandInAgentTests
{
    private static readonly string[] Prompts =
    [
        "-rf --help",
        "first line\nsecond \"line\" with 'quotes', $(touch pwned), `touch pwned`; * \\ and ünïcödé",
        "{{x}} stays as it is",
    ];

    /// <summary>OpenCode takes its permissions from the environment: edits, and nothing else.</summary>
    private const string EditsOnly = """{"edit":"allow","bash":"deny","webfetch":"deny","external_directory":"deny"}""";

    [Theory]
    [InlineData("claude", "-p|--permission-mode|acceptEdits|--|PROMPT")]
    [InlineData("codex", "exec|--sandbox|workspace-write|--skip-git-repo-check|--|PROMPT")]
    [InlineData("opencode", "run|--|PROMPT")]
    [InlineData("gemini", "--approval-mode=auto_edit|--prompt=PROMPT")]
    [InlineData("aider", "--no-suggest-shell-commands|--message=PROMPT")]
    public async Task A_prompt_is_one_argument_and_no_permission_is_bypassed(string agent, string expected)
    {
        using TemporaryProject project = Project(agent);
        (await project.PlimsollAsync("run", "plan.yaml")).Ended(0);
        for (int i = 0; i < Prompts.Length; i++)
        {
            string[] received = Received(project, i);
            Assert.Equal(expected.Split('|').Select(argument => argument.Replace("PROMPT", Prompts[i], StringComparison.Ordinal)), received);
            Assert.DoesNotContain(received[..^1], argument => IsBypass(argument));
        }

        Assert.False(File.Exists(project.PathOf("pwned")), "a prompt was executed");
        Assert.Equal(agent == "opencode" ? EditsOnly : "unset", project.Read("permission-t0"));
    }

    [Theory]
    [InlineData("claude", "--dangerously-skip-permissions")]
    [InlineData("codex", "--dangerously-bypass-approvals-and-sandbox")]
    [InlineData("opencode", "--auto")]
    [InlineData("gemini", "--approval-mode=yolo")]
    [InlineData("aider", "--yes-always")]
    public async Task Permissions_are_bypassed_only_where_that_is_written(string agent, string flag)
    {
        using TemporaryProject project = Project(agent);
        project.Write("plimsoll.yaml", $"agents: {{ {agent}: {{ permissions: bypass }} }}\n");
        (await project.PlimsollAsync("run", "plan.yaml")).Ended(0);
        Assert.True(IsBypass(flag));
        Assert.Equal("unset", project.Read("permission-t0"));
        Assert.Equal([flag], Received(project, 0)[..^1].Where(IsBypass));
    }

    private static TemporaryProject Project(string agent)
    {
        TemporaryProject project = new();
        project.Write($"bin/{agent}", "#!/bin/sh\nprintf '%s\\0' \"$@\" > \"argv-$PLIMSOLL_TASK\"\nprintf %s \"${OPENCODE_PERMISSION-unset}\" > \"permission-$PLIMSOLL_TASK\"\n");
        File.SetUnixFileMode(project.PathOf($"bin/{agent}"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        project.Environment["OPENCODE_PERMISSION"] = null;
        project.Environment["PATH"] = $"{project.PathOf("bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        IEnumerable<string> tasks = Prompts.Select((prompt, i) =>
            $"  t{i}: {{ agent: {agent}, prompt: {JsonSerializer.Serialize(prompt.Replace("{{", "\\{{", StringComparison.Ordinal))} }}\n");
        project.Write("plan.yaml", $"name: stand-in\ntasks:\n{string.Concat(tasks)}");
        return project;
    }

    private static string[] Received(TemporaryProject project, int task) => project.Read($"argv-t{task}").Split('\0')[..^1];

    private static bool IsBypass(string argument) =>
        argument == "--auto" || Array.Exists(["dangerous", "bypass", "yolo", "--yes"], word => argument.Contains(word, StringComparison.Ordinal));
}
