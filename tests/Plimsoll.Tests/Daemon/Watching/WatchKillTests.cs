using System.Text.Json;
using Plimsoll.Tests.Daemon.Endpoints;
using Xunit;

namespace Plimsoll.Tests.Daemon.Watching;

public sealed class WatchKillTests
{
    private const string Configuration = "alerts: { rules: { busy: { signal: tasks.running, above: 0.5, clear: 0.2, for: 1s, severity: warning } } }\n";

    [Fact]
    public async Task Series_and_alerts_are_what_they_were_when_the_service_was_killed_in_the_middle()
    {
        var time = new JumpingTime();
        using var copied = new ProjectRig();
        string state = Path.Combine(copied.Folder, ".plimsoll");
        Directory.CreateDirectory(state);
        JsonElement raised;
        string? first;
        await using (ServiceRig service = await ServiceRig.StartAsync(Configuration, time: time))
        {
            await service.UntilAsync(await service.SubmitAsync("""{"run": "sleep 600"}"""), "running");
            raised = await AlertAsync(service);
            string kept = Path.Combine(service.Project.Folder, ".plimsoll", "series.bin");
            File.Delete(kept); // the first one may be older than the task
            time.Jump(TimeSpan.FromMinutes(1));
            await Until.TrueAsync(() => File.Exists(kept));
            first = (await service.GetAsync("/api/v1/series?name=tasks.running&minutes=5&points=300")).GetProperty("series")[0].GetProperty("mean").EnumerateArray().FirstOrDefault(static value => value.ValueKind == JsonValueKind.Number).ToString();

            // A kill leaves what is on disk now: the service gets no chance to write anything more into the copy.
            foreach (string name in (string[])["series.bin", "alerts.json"])
            {
                File.Copy(Path.Combine(service.Project.Folder, ".plimsoll", name), Path.Combine(state, name));
            }
        }

        await using ServiceRig after = await ServiceRig.StartAsync(Configuration, project: copied, time: time);
        JsonElement again = await AlertAsync(after);
        Assert.Equal((raised.GetProperty("id").GetInt64(), raised.GetProperty("raised_at").GetDateTimeOffset()), (again.GetProperty("id").GetInt64(), again.GetProperty("raised_at").GetDateTimeOffset()));
        JsonElement series = (await after.GetAsync("/api/v1/series?name=tasks.running&minutes=5&points=300")).GetProperty("series")[0];
        double?[] values = [.. series.GetProperty("mean").EnumerateArray().Select(static value => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : (double?)null)];
        Assert.NotNull(first);
        Assert.Contains(1d, values); // the task that ran before; none runs now
        Assert.Contains(null, values[Array.IndexOf(values, 1d)..]); // the minute that was jumped over is a gap
    }

    [Fact]
    public async Task Damaged_files_begin_anew()
    {
        using var project = new ProjectRig();
        string state = Path.Combine(project.Folder, ".plimsoll");
        Directory.CreateDirectory(state);
        await File.WriteAllTextAsync(Path.Combine(state, "series.bin"), "half a rec", ServiceRig.Token);
        await File.WriteAllTextAsync(Path.Combine(state, "alerts.json"), "{\"active\":[{", ServiceRig.Token);

        await using ServiceRig service = await ServiceRig.StartAsync(project: project);

        Assert.Equal(0, (await service.GetAsync("/api/v1/alerts")).GetProperty("active").GetArrayLength());
    }

    private static async Task<JsonElement> AlertAsync(ServiceRig service)
    {
        JsonElement view = default;
        for (int i = 0; i < 300; i++)
        {
            view = await service.GetAsync("/api/v1/alerts");
            JsonElement[] found = [.. view.GetProperty("active").EnumerateArray().Concat(view.GetProperty("history").EnumerateArray()).Where(static alert => alert.GetProperty("rule").GetString() == "busy")];
            if (found.Length > 0)
            {
                return found[0];
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, ServiceRig.Token);
        }

        Assert.Fail($"the alert was not raised within 15 s: {view}");
        return view;
    }
}
