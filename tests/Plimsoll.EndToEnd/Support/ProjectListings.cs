using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Plimsoll.Client;
using Plimsoll.Client.Runs;

namespace Plimsoll.EndToEnd.Support;

/// <summary>Listings read through <c>--json</c>, as a script would.</summary>
internal static class ProjectListings
{
    public static Task<IReadOnlyList<RunView>> RunsAsync(this TemporaryProject project) =>
        project.ReadAsync(PlimsollJsonContext.Default.IReadOnlyListRunView, "status", "--json");

    /// <summary>The tasks of a run; further arguments narrow the listing.</summary>
    public static Task<IReadOnlyList<TaskView>> TasksAsync(this TemporaryProject project, string run, params string[] narrowing) =>
        project.ReadAsync(PlimsollJsonContext.Default.IReadOnlyListTaskView, ["status", run, .. narrowing, "--limit", "100000", "--json"]);

    public static Task<IReadOnlyList<AttemptView>> AttemptsAsync(this TemporaryProject project, string address) =>
        project.ReadAsync(PlimsollJsonContext.Default.IReadOnlyListAttemptView, "status", address, "--json");

    public static async Task<T> ReadAsync<T>(this TemporaryProject project, JsonTypeInfo<T> type, params string[] arguments)
    {
        ProcessResult result = (await project.PlimsollAsync(arguments)).Ended(0);
        return JsonSerializer.Deserialize(result.Stdout, type) ?? throw new JsonException($"null\n{result}");
    }
}
