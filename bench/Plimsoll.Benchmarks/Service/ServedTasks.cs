using System.Globalization;
using System.Text;
using System.Text.Json;
using Plimsoll.Benchmarks.Throughput;

namespace Plimsoll.Benchmarks.Service;

/// <summary>Submits tasks to a served Plimsoll, counts what it holds and waits until nothing is left to do.</summary>
internal static class ServedTasks
{
    /// <summary>A call with many tasks of one template.</summary>
    public static byte[] Call(string template, int tasks) =>
        Encoding.UTF8.GetBytes($$"""{"tasks": [{{string.Join(',', Enumerable.Repeat($$"""{"template": "{{template}}"}""", tasks))}}]}""");

    /// <summary>Posts the same call several times, on a few connections; ends when the last is accepted.</summary>
    public static Task SubmitAsync(ServedPlimsoll plimsoll, byte[] call, int times, int connections) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, times),
            new ParallelOptions { MaxDegreeOfParallelism = connections },
            async (_, _) => await plimsoll.PostAsync("/api/v1/tasks", call));

    /// <summary>Ends when no task waits or runs.</summary>
    public static async Task DoneAsync(ServedPlimsoll plimsoll)
    {
        while (true)
        {
            using JsonDocument health = await plimsoll.GetAsync("/health");
            if (health.RootElement.GetProperty("tasks_running").GetInt32() + health.RootElement.GetProperty("tasks_queued").GetInt32() == 0)
            {
                return;
            }

            await Task.Delay(2);
        }
    }

    /// <summary>All tasks of all runs, and those that succeeded, as the journal has them.</summary>
    public static async Task<(int Total, int Succeeded)> CountAsync(ServedPlimsoll plimsoll)
    {
        (int total, int succeeded) = (0, 0);
        string page = "/api/v1/runs?limit=100";
        while (true)
        {
            using JsonDocument runs = await plimsoll.GetAsync(page);
            foreach (JsonElement run in runs.RootElement.GetProperty("runs").EnumerateArray())
            {
                total += run.GetProperty("counts").GetProperty("total").GetInt32();
                succeeded += run.GetProperty("counts").GetProperty("succeeded").GetInt32();
            }

            if (!runs.RootElement.TryGetProperty("next", out JsonElement next))
            {
                return (total, succeeded);
            }

            page = string.Create(CultureInfo.InvariantCulture, $"/api/v1/runs?limit=100&after={next.GetInt64()}");
        }
    }

    /// <summary>Throws unless the service has this many tasks, all of them succeeded.</summary>
    public static async Task RequireSucceededAsync(ServedPlimsoll plimsoll, int tasks)
    {
        (int total, int succeeded) = await CountAsync(plimsoll);
        if (total != tasks || succeeded != tasks)
        {
            throw new InvalidOperationException($"{tasks} tasks were submitted, the service has {total}, of which {succeeded} succeeded");
        }
    }
}
