using System.Text.Json.Nodes;
using Xunit;

namespace Plimsoll.EndToEnd.Dashboard;

/// <summary>What comes from tasks and from people: nothing is executed, nothing blocks, and everything works without a mouse.</summary>
public sealed class DashboardInputTests
{
    [Fact]
    public async Task Names_and_output_of_tasks_are_text_whatever_they_say()
    {
        await using DashboardScene scene = await DashboardScene.StartAsync();
        scene.Project.Write("wild.sh", """
            printf '<img src=x onerror="window.hit=1"><script>window.hit=2</script>\033[31mred\033[0m\007\342\200\256\n'
            head -c 10000000 /dev/zero | tr '\0' 'x'
            printf '\n<b>end</b>\001\n'
            """);
        await scene.SubmitAsync("""
            name: "<script>window.hit=3</script>"
            tasks:
              wild: { matrix: { value: ["<img src=x onerror='window.hit=4'>"] }, run: "sh wild.sh" }
            """);
        await scene.UntilAsync("1.0", "succeeded");
        await scene.LoginAsync();
        await scene.ShowAsync("run/1", "document.querySelector('.list .row')?.textContent.includes('<img')");
        await scene.ShowAsync("task/1.0", "document.querySelector('.log').textContent.includes('<b>end</b>')");
        Assert.Contains("more characters of this line", await scene.Page.TextAsync("document.querySelector('.log').textContent"), StringComparison.Ordinal);
        Assert.True(int.Parse(await scene.Page.TextAsync("document.querySelector('.log').textContent.length")) < 100_000);
        Assert.Equal("0", await scene.Page.TextAsync("document.querySelectorAll('main img, main script, main b:not(.causes b)').length"));
        Assert.Equal("undefined", await scene.Page.TextAsync("typeof window.hit"));
        Assert.Empty(scene.Page.Complaints);
    }

    [Fact]
    public async Task A_token_is_exchanged_for_a_cookie_and_left_nowhere_else()
    {
        await using DashboardScene scene = await DashboardScene.StartAsync();
        await scene.Page.GoAsync(scene.Url + "/");
        await scene.Page.UntilAsync("document.activeElement?.id === 'token'", "the login page is shown");
        await AccessibilityAudit.PassAsync(scene.Page, "login");
        await scene.Page.EvaluateAsync("document.getElementById('token').value = 'wrong'; document.querySelector('form').requestSubmit()");
        await scene.Page.UntilAsync("document.querySelector('[role=alert]').textContent.includes('not known')", "a wrong token is refused");
        scene.Page.Complaints.Clear(); // the refusal itself
        await scene.LoginAsync();
        Assert.Equal("", await scene.Page.TextAsync("document.cookie + JSON.stringify(localStorage).slice(2) + JSON.stringify(sessionStorage).slice(2)"));
        JsonNode cookie = Assert.Single((await scene.Page.SendAsync("Network.getCookies"))["cookies"]!.AsArray())!;
        Assert.True(cookie["httpOnly"]!.GetValue<bool>());
        Assert.Equal("Strict", cookie["sameSite"]!.GetValue<string>());
        Assert.DoesNotContain(scene.Token, cookie.ToJsonString(), StringComparison.Ordinal);

        // What changes something needs the header of this session besides.
        Assert.Equal("403", await scene.Page.TextAsync("fetch('/api/v1/pause', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }).then(answer => answer.status)"));
        await scene.Page.EvaluateAsync("[...document.querySelectorAll('button')].find(one => one.textContent === 'Log out').click()");
        await scene.Page.UntilAsync("document.getElementById('token')", "the login page is back");
        Assert.Equal("401", await scene.Page.TextAsync("fetch('/api/v1/overview').then(answer => answer.status)"));
    }

    [Fact]
    public async Task A_browser_that_comes_back_after_its_session_has_ended_is_asked_for_the_token_and_goes_on_where_it_was()
    {
        await using DashboardScene scene = await DashboardScene.StartAsync();
        await scene.SubmitAsync("tasks: { one: { run: exec sleep 300 } }");
        await scene.LoginAsync();
        await scene.ShowAsync("task/1.0", "document.querySelector('.why li')");

        // As after a day: the service has been away, and knows the session no more.
        await scene.KillAsync();
        await scene.Page.UntilAsync("document.querySelector('.link-state').dataset.state === 'lost'", "the page notices");
        File.Delete(Path.Combine(scene.Project.Folder, ".plimsoll", "sessions"));
        await scene.RestartAsync();
        await scene.Page.UntilAsync("document.getElementById('token')", "it asks for the token");
        Assert.Equal("0", await scene.Page.TextAsync("document.querySelectorAll('.why').length"));
        await scene.Page.EvaluateAsync($"document.getElementById('token').value = '{scene.Token}'; document.querySelector('form').requestSubmit()");
        await scene.Page.UntilAsync("location.hash === '#/task/1.0' && document.querySelector('.why li') && document.querySelector('.link-state').dataset.state === 'live'", "the task is shown again");
    }

    [Fact]
    public async Task A_service_that_measures_nothing_shows_gaps_and_no_numbers()
    {
        await using DashboardScene scene = await DashboardScene.StartAsync();
        await scene.LoginAsync();

        // Two readings with a minute between them in which nothing was measured, and a quantity that never is.
        await scene.Page.EvaluateAsync("""
            window.fetch = (real => (path, ...rest) => !String(path).startsWith('/api/v1/series') ? real(path, ...rest) : Promise.resolve(new Response(JSON.stringify({ names: [], series: [
              { name: 'memory.used.bytes', from: new Date(Date.now() - 600000).toISOString(), step_seconds: 100, mean: [1e9, 1.1e9, null, null, 1.2e9, 1.3e9], largest: [1e9, 1.1e9, null, null, 1.2e9, 1.3e9] },
              { name: 'cpu.busy', from: new Date(Date.now() - 600000).toISOString(), step_seconds: 100, mean: [null, null, null, null, null, null], largest: [null, null, null, null, null, null] }] }), { headers: { 'content-type': 'application/json' } })))(window.fetch)
            """);
        await scene.Page.EvaluateAsync("[...document.querySelectorAll('.chip')].find(one => one.textContent === '6 h').click()");
        await scene.Page.UntilAsync("document.querySelector('.history').dataset.range === '6 h' && document.querySelector('.history .gap')", "the gap is shaded");
        Assert.Equal("1", await scene.Page.TextAsync("document.querySelectorAll('.history .gap').length"));
        Assert.Equal("2", await scene.Page.TextAsync("document.querySelectorAll('.history .chart path[fill=none][stroke-width]').length")); // one piece on either side
        Assert.Equal("3", await scene.Page.TextAsync("[...document.querySelectorAll('.history figure')].filter(one => one.textContent.includes('Not measured')).length"));
        Assert.Empty(scene.Page.Complaints);
    }

    [Fact]
    public async Task Everything_works_with_the_keyboard_alone()
    {
        await using DashboardScene scene = await DashboardScene.StartAsync();
        await scene.SubmitAsync("tasks: { one: { run: exec sleep 300 } }");
        await scene.LoginAsync();
        await scene.Page.SendAsync("Page.reload");
        await scene.Page.UntilAsync("document.querySelector('.link-state')?.dataset.state === 'live' && document.querySelector('.live-item')", "the session goes on after a reload");
        HashSet<string> reached = [];
        for (int i = 0; i < 40; i++)
        {
            await scene.Page.PressAsync("Tab", 9);
            reached.Add(await scene.Page.TextAsync("(document.activeElement.textContent || document.activeElement.getAttribute('aria-label') || '').trim()"));
            Assert.NotEqual("none", await scene.Page.TextAsync("document.activeElement === document.body ? '' : getComputedStyle(document.activeElement).outlineStyle"));
        }

        Assert.True(reached.Count < 40, "it goes round");
        Assert.Superset(new HashSet<string>(StringComparer.Ordinal) { "Skip to the page", "Overview", "Nodes", "Pause", "Limits", "Drain", "one" }, reached);
        await scene.Page.EvaluateAsync("[...document.querySelectorAll('main button')].find(one => one.textContent === 'Pause').focus()");
        await scene.Page.PressAsync("Enter", 13, "\r");
        await scene.Page.UntilAsync("document.querySelector('dialog[open]')?.contains(document.activeElement)", "the dialog has the focus");
        await AccessibilityAudit.PassAsync(scene.Page, "dialog");
        await scene.Page.PressAsync("Escape", 27);
        await scene.Page.UntilAsync("!document.querySelector('dialog')", "Escape leaves it");
        Assert.Equal("serving", (await scene.GetAsync("/api/v1/intake")).GetProperty("state").GetString());
        Assert.Equal("Pause", await scene.Page.TextAsync("document.activeElement.textContent"));
    }

    [Fact]
    public async Task A_run_of_ten_thousand_tasks_stays_fluid()
    {
        await using DashboardScene scene = await DashboardScene.StartAsync("concurrency: 8\n");
        // The paced tasks keep the run going for 50 s, however fast the machine ends the others: updates come only while something happens.
        string fifty = string.Join(", ", Enumerable.Range(0, 50));
        string few = string.Join(", ", Enumerable.Range(0, 48));
        string hundred = string.Join(", ", Enumerable.Range(0, 100));
        int run = await scene.SubmitAsync($$"""
            name: wide
            tasks:
              spawned: { matrix: { a: [{{hundred}}], b: [{{fifty}}] }, run: "true" }
              inside: { matrix: { a: [{{hundred}}], b: [{{few}}] }, noop: 1ms }
              paced: { matrix: { a: [{{fifty}}], b: [0, 1, 2, 3] }, noop: 2s }
              last: { after: [spawned, inside, paced], noop: 1ms }
            """);
        await scene.LoginAsync();
        await scene.ShowAsync($"run/{run}", "document.querySelectorAll('.list .row').length > 5");
        await scene.Page.UntilAsync("(window.plimsollUpdates ?? []).length >= 12", "twelve updates were drawn");
        double[] updates = [.. (await scene.Page.EvaluateAsync("window.plimsollUpdates"))!.AsArray().Select(one => one!.GetValue<double>()).Order()];
        TestContext.Current.SendDiagnosticMessage($"10,000 tasks: an update takes {updates[updates.Length / 2]:0.0} ms in the middle, {updates[^1]:0.0} ms at most");
        Assert.True(updates[updates.Length / 2] <= 100, $"an update takes {string.Join(", ", updates)} ms");
        Assert.True(int.Parse(await scene.Page.TextAsync("document.querySelectorAll('.list .row').length")) < 60, "only rows in sight exist");
        await scene.Page.EvaluateAsync("document.querySelector('.list').scrollTop = 1e6");
        await scene.Page.UntilAsync("Number([...document.querySelectorAll('.list .row')].at(-1).dataset.index) === 10000", "the last row shows");
        Assert.Empty(scene.Page.Complaints);
    }
}
