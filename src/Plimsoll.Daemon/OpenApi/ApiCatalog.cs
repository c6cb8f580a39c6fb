namespace Plimsoll.Daemon.OpenApi;

/// <summary>What is told of each route.</summary>
internal static class ApiCatalog
{
    private static readonly Dictionary<(string Method, string Path), ApiOperation> Operations =
        new[] { HealthOperations.All, RunOperations.All, TaskOperations.All, LeaseOperations.All, SharedOperations.All, MessageOperations.All, AccessOperations.All, WatchOperations.All, PageOperations.All }
            .SelectMany(static part => part)
            .ToDictionary(static one => (one.Method, one.Path));

    public static IEnumerable<ApiOperation> All => Operations.Values;

    /// <summary>Null for a route nobody has described.</summary>
    public static ApiOperation? Find(string method, string path) => Operations.GetValueOrDefault((method, path));
}
