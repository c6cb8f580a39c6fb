using System.Text.Json;
using Xunit;

namespace Plimsoll.EndToEnd.Dashboard;

/// <summary>The dashboard in a real browser: every page, every action, live, without a complaint.</summary>
public sealed class DashboardTests
{
    private const string Plan = """
        name: mixed
        tasks:
          first: { run: "echo began; sleep 0.2" }
          work: { needs: [first], matrix: { part: [a, b, c, d] }, locks: [bench], run: "echo working; exec sleep 300" }
          after: { needs: [work], run: "true" }
          flaky: { run: "echo cannot >&2; while [ -e hold ]; do sleep 0.1; done; exit 7", retries: { max: 1, backoff: { base: 1ms, cap: 1ms } } }
          free: { run: "exec sleep 300" }
        """;

    private const string Configuration = """
        concurrency: 3
        alerts:
          rules:
            ready-tasks: { signal: tasks.ready, above: 0, for: 1s, severity: warning }
        """;

    private static readonly (string Place, string Shows)[] Pages =
    [
        ("", "document.querySelector('.causes b') && document.querySelector('.live-item') && document.querySelector('.hull .figure strong') && document.querySelectorAll('.history .chart path').length > 8"),
        ("runs", "document.querySelector('main td a')"),
        ("run/1", "document.querySelector('canvas')?.height > 10 && document.querySelector('.graph svg') && document.querySelector('.list .row')"),
        ("task/1.2", "document.querySelector('.why li')"),
        ("task/1.1", "document.querySelector('.log').textContent.includes('working')"),
        ("classes", "document.querySelector('main .panel .facts')"),
        ("gateway", "document.querySelector('main h2')"),
        ("nodes", "document.querySelector('.machine') && document.querySelector('main td') && document.querySelector('main').textContent.includes('Advice')"),
        ("dead", "document.querySelector('main .panel .facts')"),
        ("alerts", "document.querySelector('.alert[data-severity=warning]') && document.querySelector('main td')"),
    ];

    [Fact]
    public async Task Every_page_shows_what_happens_and_passes_the_audit()
    {
        await using DashboardScene scene = await DashboardScene.StartAsync(Configuration);
        await scene.SubmitAsync(Plan);
        await scene.UntilAsync("1.6", "dead");
        await scene.UntilAsync("1.1", "running");
        await scene.LoginAsync();
        foreach ((int width, bool dark) in ((int, bool)[])[(1280, false), (1280, true), (390, false)])
        {
            await scene.Page.LookAsync(width, 844, dark);
            foreach ((string place, string shows) in Pages)
            {
                await scene.ShowAsync(place, shows);
                await AccessibilityAudit.PassAsync(scene.Page, $"#/{place} at {width} {(dark ? "dark" : "light")}");
                Assert.Equal("0", await scene.Page.TextAsync("Math.max(0, document.documentElement.scrollWidth - innerWidth)"));
            }
        }

        Assert.Empty(scene.Page.Complaints);
        Assert.All(scene.Page.Requests, request => Assert.StartsWith(scene.Url + "/", request, StringComparison.Ordinal));
        Assert.DoesNotContain(scene.Page.Requests, request => request.Contains(scene.Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_action_asks_first_and_does_what_it_says()
    {
        await using DashboardScene scene = await DashboardScene.StartAsync(Configuration);
        await scene.SubmitAsync(Plan);
        await scene.UntilAsync("1.6", "dead");
        await scene.UntilAsync("1.1", "running");
        await scene.LoginAsync();

        await scene.ShowAsync("task/1.3", "document.querySelector('.why li')");
        await scene.ActAsync("Priority", "priority", "7");
        await scene.Page.UntilAsync("document.querySelector('.facts').textContent.includes('Priority7')", "the priority is 7");
        await scene.ActAsync("Cancel");
        await scene.UntilAsync("1.3", "cancelled");
        await scene.ActAsync("Retry");
        await scene.UntilAsync("1.3", "ready");

        await scene.ShowAsync("dead", "document.querySelector('main .panel .facts')");
        scene.Project.Write("hold", ""); // it lives until its absence was seen
        await scene.ActAsync("Retry");
        await scene.Page.UntilAsync("document.querySelector('main').textContent.includes('There are none')", "the letter was put back");
        File.Delete(Path.Combine(scene.Project.Folder, "hold"));
        await scene.UntilAsync("1.6", "dead");
        await scene.Page.UntilAsync("document.querySelector('main .panel .facts')", "it is dead again");
        await scene.ActAsync("Purge");
        await scene.Page.UntilAsync("document.querySelector('main').textContent.includes('There are none')", "it is forgotten");

        await scene.ShowAsync("alerts", "document.querySelector('.alert')");
        await scene.ActAsync("Acknowledge");
        await scene.Page.UntilAsync("document.querySelector('.alert').textContent.includes('acknowledged by')", "it is acknowledged");
        await scene.ActAsync("Silence");
        await scene.Page.UntilAsync("[...document.querySelectorAll('main button')].some(one => one.textContent === 'End silence')", "it is silenced");
        await scene.ActAsync("End silence");
        await scene.Page.UntilAsync("document.querySelector('main').textContent.includes('every alert is delivered')", "it is not silenced any more");

        await scene.ShowAsync("", "document.querySelector('.live-item')");
        await scene.ActAsync("Limits", "tasks", "5");
        await scene.Page.UntilAsync("document.querySelector('.now').textContent.includes('of at most 5')", "the limit is 5");
        await scene.ActAsync("Pause", "reason", "lunch");
        await scene.Page.UntilAsync("document.querySelector('.notice')?.textContent.includes('lunch')", "it says why nothing starts");
        await scene.ActAsync("Resume");
        await scene.Page.UntilAsync("!document.querySelector('.notice')", "it starts again");
        await scene.ActAsync("Drain");
        await scene.Page.UntilAsync("document.querySelector('.notice')", "it drains");
        await scene.ActAsync("Resume");
        await scene.Page.UntilAsync("!document.querySelector('.notice')", "it serves again");

        await scene.ShowAsync("run/1", "document.querySelector('.list .row')");
        await scene.ActAsync("Retry failed");
        await scene.Page.UntilAsync("[...document.querySelectorAll('.act [role=status]')].some(one => one.textContent.includes('put back'))", "it says what was put back");
        await scene.ActAsync("Cancel run");
        await scene.UntilAsync("1.1", "cancelled");
        Assert.Empty(scene.Page.Complaints);
    }

    [Fact]
    public async Task What_happens_shows_without_a_reload_also_after_the_service_was_killed_and_started_again()
    {
        await using DashboardScene scene = await DashboardScene.StartAsync();
        await scene.LoginAsync();
        await scene.Page.UntilAsync("document.querySelector('main').textContent.includes('No run yet')", "nothing runs");
        await scene.SubmitAsync(Plan);
        await scene.Page.UntilAsync("document.querySelectorAll('.live-item').length === 2", "two tasks run");

        await scene.KillAsync();
        await scene.Page.UntilAsync("document.querySelector('.link-state').dataset.state === 'lost'", "the page notices");
        await scene.RestartAsync();
        await scene.Page.UntilAsync("document.querySelector('.link-state').dataset.state === 'live' && document.querySelectorAll('.live-item').length === 2", "the page is live again, with the same session");
        int second = await scene.SubmitAsync("name: second\ntasks: { one: { run: \"true\" } }");
        await scene.Page.UntilAsync($"document.querySelector('a[href=\"#/run/{second}\"]')", "a new run shows");
        Assert.DoesNotContain(scene.Page.Complaints, complaint => !complaint.Contains("ERR_CONNECTION_REFUSED", StringComparison.Ordinal) && !complaint.Contains("ERR_INCOMPLETE_CHUNKED_ENCODING", StringComparison.Ordinal) && !complaint.Contains("ERR_CONNECTION_RESET", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_before_the_page_was_opened_shows_its_memory_its_history_and_its_predecessors()
    {
        await using DashboardScene scene = await DashboardScene.StartAsync();
        for (int i = 1; i <= 3; i++)
        {
            await scene.SubmitAsync("name: nightly\ntasks: { one: { noop: 1ms, class: build } }");
            await scene.UntilAsync($"{i}.0", "succeeded");
        }

        // The second task keeps the run open until all of it was seen.
        await scene.SubmitAsync("name: nightly\ntasks: { one: { noop: 3s, class: build }, two: { run: exec sleep 300 } }");
        await scene.UntilAsync("4.0", "succeeded");

        // Nobody looks yet, and it is measured all the same.
        await scene.UntilAsync("4.1", "measured three times", static task => task.GetProperty("attempts") is { } attempts && attempts.GetArrayLength() == 1
            && attempts[0].TryGetProperty("memory", out JsonElement memory) && memory.GetProperty("curve").GetArrayLength() >= 3);
        await scene.LoginAsync();
        await scene.ShowAsync("task/4.1", "document.querySelector('.chart')?.getAttribute('aria-label').startsWith('Memory of attempt 1')");

        await scene.ShowAsync("run/4", "document.querySelector('.beside li[data-way=more]')?.textContent.includes('as long as in its last 3 runs')");
        await scene.Page.EvaluateAsync("document.querySelector('[name=nodes]').value = '2'; document.querySelector('.ask-what').requestSubmit()");
        await scene.Page.UntilAsync("document.querySelector('.ask-what + p').textContent.includes('expected to take')", "the simulator answers");
        await scene.Page.EvaluateAsync("document.querySelector('[name=nodes]').value = 'many'; document.querySelector('.ask-what').requestSubmit()");
        await scene.Page.UntilAsync("document.querySelector('.ask-what + p').textContent.includes('nodes a number')", "a wrong question is told what is wrong");

        foreach (string range in (string[])["6 h", "30 days"])
        {
            await scene.ShowAsync("", "document.querySelector('.history .chart')");
            await scene.Page.EvaluateAsync($"[...document.querySelectorAll('.chip')].find(one => one.textContent === '{range}').click()");
            await scene.Page.UntilAsync($"document.querySelector('.history').dataset.range === '{range}' && document.querySelector('.history .chart').getAttribute('aria-label').includes('last {range}')", range);
        }

        Assert.DoesNotContain(scene.Page.Complaints, static complaint => !complaint.Contains("what-if", StringComparison.Ordinal)); // the refusal
    }

    [Fact]
    public async Task A_new_user_finds_with_two_clicks_why_a_task_waits()
    {
        await using DashboardScene scene = await DashboardScene.StartAsync();
        await scene.SubmitAsync(Plan);
        await scene.LoginAsync();
        await scene.Page.UntilAsync("[...document.querySelectorAll('tbody a')].some(one => one.textContent.startsWith('work['))", "a waiting task is listed");
        Assert.Contains("lock bench", await scene.Page.TextAsync("document.querySelector('main').textContent"), StringComparison.Ordinal);
        await scene.Page.EvaluateAsync("[...document.querySelectorAll('tbody a')].find(one => one.textContent.startsWith('work[')).click()");
        await scene.Page.UntilAsync("document.querySelector('.why li')?.textContent.includes('released by')", "its page says what would release it");
    }
}
