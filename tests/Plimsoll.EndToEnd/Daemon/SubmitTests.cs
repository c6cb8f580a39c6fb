using System.Text.Json;
using Plimsoll.EndToEnd.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Daemon;

/// <summary><c>plimsoll submit</c> and the verbs that look at a service, through its socket and with <c>--server</c>.</summary>
public sealed class SubmitTests
{
    [Fact]
    public async Task Commands_templates_lines_and_plans_are_accepted_and_end_in_the_service()
    {
        using TemporaryProject project = new();
        project.Write("plimsoll.yaml", "templates: { greet: { params: [who], run: [\"echo\", \"hello {{who}}\"] } }\n");
        project.Write("plan.yaml", "name: two\ntasks: { a: { run: echo a }, b: { needs: [a], run: \"exit 3\" } }\n");
        using ServiceProcess service = new(project, "-j", "2");
        await service.ReadyAsync();

        Assert.Contains("succeeded 1.0", (await project.PlimsollAsync("submit", "--wait", "--name", "place", "--", "pwd")).Ended(0).Stdout, StringComparison.Ordinal);
        Assert.Equal(project.Folder, (await project.PlimsollAsync("logs", "1/place")).Ended(0).Stdout.Trim());
        (await project.PlimsollAsync("submit", "--template", "greet", "-p", "who=world", "--name", "hi", "--wait")).Ended(0);
        Assert.Equal("hello world", (await project.PlimsollAsync("logs", "1/hi")).Ended(0).Stdout.Trim());
        Assert.Contains("2 of 3 succeeded", (await project.PlimsollWithInputAsync("{\"run\":[\"true\"]}\n\n{\"run\":\"exit 1\"}\n{\"run\":[\"true\"]}\n", "submit", "--tasks", "-", "--wait")).Ended(1).Stdout, StringComparison.Ordinal);
        Assert.Contains("failed 2 two", (await project.PlimsollAsync("submit", "plan.yaml", "--wait")).Ended(1).Stdout, StringComparison.Ordinal);

        JsonElement first = JsonElement.Parse((await project.PlimsollAsync("submit", "--json", "--key", "k", "--", "true")).Ended(0).Stdout).GetProperty("tasks")[0];
        JsonElement again = JsonElement.Parse((await project.PlimsollAsync("submit", "--json", "--key", "k", "--", "true")).Ended(0).Stdout).GetProperty("tasks")[0];
        Assert.Equal(first.GetProperty("id").GetString(), again.GetProperty("id").GetString());
        Assert.True(again.GetProperty("repeated").GetBoolean());
    }

    [Fact]
    public async Task Verbs_reach_a_service_elsewhere_by_its_address()
    {
        using TemporaryProject project = new();
        using TemporaryProject elsewhere = new();
        using ServiceProcess service = new(project, "-j", "1");
        string socket = "unix:" + (await service.ReadyAsync()).Socket;
        (await elsewhere.PlimsollAsync("submit", "--server", socket, "--name", "long", "--", "sh", "-c", "touch runs; exec sleep 600")).Ended(0);
        await TemporaryProject.UntilAsync(() => File.Exists(elsewhere.PathOf("runs")), "the command runs in the folder of its submitter");
        (await elsewhere.PlimsollAsync("submit", "--server", socket, "--name", "next", "--", "true")).Ended(0);

        Assert.Contains("inbox", (await elsewhere.PlimsollAsync("status", "--server", socket)).Ended(0).Stdout, StringComparison.Ordinal);
        Assert.Contains("long", (await elsewhere.PlimsollAsync("status", "1", "--only", "running", "--server", socket)).Ended(0).Stdout, StringComparison.Ordinal);
        Assert.Contains("1 of at most 1 tasks run", (await elsewhere.PlimsollAsync("why", "next", "--server", socket)).Ended(0).Stdout, StringComparison.Ordinal);
        (await elsewhere.PlimsollAsync("cancel", "1/long", "--server", socket)).Ended(0);
        await service.IdleAsync(TimeSpan.FromSeconds(30));
        Assert.Contains("succeeded", (await elsewhere.PlimsollAsync("status", "1/next", "--server", socket)).Ended(0).Stdout, StringComparison.Ordinal);

        (await elsewhere.PlimsollAsync("submit", "--server", socket, "--name", "loud", "--wait", "--", "sh", "-c", "seq 1000; echo oops >&2")).Ended(0);
        ProcessResult log = (await elsewhere.PlimsollAsync("logs", "1/loud", "--server", socket)).Ended(0);
        Assert.Equal((1000, "oops"), (log.StdoutLines.Length, log.Stderr.Trim()));
        Assert.Equal(["999", "1000"], (await elsewhere.PlimsollAsync("logs", "1/loud", "--stdout", "--tail", "2", "--server", socket)).Ended(0).StdoutLines);
        Assert.Equal(1000, (await elsewhere.PlimsollAsync("logs", "-f", "1/loud", "--stdout", "--server", socket)).Ended(0).StdoutLines.Length);
        (await elsewhere.PlimsollAsync("submit", "--server", socket, "--name", "doomed", "--retries", "1", "--wait", "--", "false")).Ended(1);
        Assert.Contains("doomed", (await elsewhere.PlimsollAsync("dead", "--server", socket)).Ended(0).Stdout, StringComparison.Ordinal);
        Assert.Contains("3", (await elsewhere.PlimsollAsync("limits", "-j", "3", "--server", socket)).Ended(0).Stdout, StringComparison.Ordinal);

        elsewhere.Environment["PLIMSOLL_URL"] = socket;
        Assert.Contains("cancelled", (await elsewhere.PlimsollAsync("status", "1", "--only", "cancelled")).Ended(0).Stdout, StringComparison.Ordinal);
        Assert.Contains("No run yet", (await elsewhere.PlimsollAsync("status", "--state", ".plimsoll")).Ended(0).Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_submitted_says_why()
    {
        using TemporaryProject project = new();
        Assert.Contains("plimsoll serve", (await project.PlimsollAsync("submit", "--", "true")).Ended(3).Stderr, StringComparison.Ordinal);
        Assert.Contains("no address", (await project.PlimsollAsync("submit", "--server", "nix", "--", "true")).Ended(2).Stderr, StringComparison.Ordinal);
        Assert.Contains("cannot be reached", (await project.PlimsollAsync("submit", "--server", "http://127.0.0.1:1", "--", "true")).Ended(3).Stderr, StringComparison.Ordinal);
        using ServiceProcess service = new(project, "-j", "1");
        await service.ReadyAsync();
        Assert.Contains("after --", (await project.PlimsollAsync("submit", "make", "test")).Ended(2).Stderr, StringComparison.Ordinal);
        Assert.Contains("line 2", (await project.PlimsollWithInputAsync("{\"run\":[\"true\"]}\nnonsense\n", "submit", "--tasks", "-")).Ended(2).Stderr, StringComparison.Ordinal);
        Assert.Contains("memory must be a size", (await project.PlimsollAsync("submit", "--memory", "lots", "--", "true")).Ended(2).Stderr, StringComparison.Ordinal);
        Assert.Equal(0, (await service.HealthAsync()).TasksQueued);
    }
}
