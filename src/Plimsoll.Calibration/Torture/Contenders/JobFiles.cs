using System.Globalization;
using System.Text.Json.Nodes;
using Plimsoll.Calibration.Torture.Loads;

namespace Plimsoll.Calibration.Torture.Contenders;

/// <summary>The files of one contender: a script per job that writes down its start and end, a list of them, and the plan.</summary>
/// <remarks>Every contender starts the same scripts, so all are measured by the same means.</remarks>
internal sealed class JobFiles
{
    private JobFiles(string folder) => Folder = folder;

    public string Folder { get; }

    public string Log => $"{Folder}/log";

    /// <summary>A script per line.</summary>
    public string List => $"{Folder}/jobs";

    public static JobFiles Write(string folder, TortureLoad load)
    {
        Directory.CreateDirectory(folder);
        JobFiles files = new(folder);
        File.WriteAllText($"{folder}/empty", "");
        foreach (TortureJob job in load.Jobs)
            File.WriteAllText(files.Script(job), files.Text(job));

        File.WriteAllLines(files.List, load.Jobs.Select(files.Script));
        return files;
    }

    /// <summary>Writes the load as a plan of independent tasks and returns its path.</summary>
    public string WritePlan(TortureLoad load, JsonNode concurrency)
    {
        JsonObject tasks = [];
        foreach (TortureJob job in load.Jobs)
        {
            tasks[string.Create(CultureInfo.InvariantCulture, $"job{job.Number:000}")] = new JsonObject
            {
                ["run"] = new JsonArray("sh", Script(job)),
                ["class"] = job.Class,
                ["retries"] = 2,
            };
        }

        string path = $"{Folder}/plan.json";
        File.WriteAllText(path, new JsonObject { ["name"] = load.Name, ["concurrency"] = concurrency, ["tasks"] = tasks }.ToJsonString());
        return path;
    }

    private string Script(TortureJob job) => string.Create(CultureInfo.InvariantCulture, $"{Folder}/{job.Number:000}.sh");

    // Only built-in commands around the job: nothing that costs memory or time.
    private string Text(TortureJob job) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        JOB='{Folder}/{job.Number:000}'
        rm -rf "$JOB" && mkdir "$JOB" && cd "$JOB" || exit 125
        read -r up rest </proc/uptime
        echo "s {job.Number} $up $$" >>'{Log}'
        {job.Script}
        code=$?
        read -r up rest </proc/uptime
        echo "e {job.Number} $up $code $$" >>'{Log}'
        exit $code

        """);
}
