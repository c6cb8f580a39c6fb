namespace Plimsoll.Tests.Daemon.Serving;

/// <summary>What a service promises whatever its journal is: in SQLite here, on PostgreSQL where a class says so.</summary>
public abstract class ServiceConformance
{
    /// <summary>Address of an empty journal; null = the file in the state folder.</summary>
    private protected virtual Task<string?> JournalAsync() => Task.FromResult<string?>(null);

    /// <param name="configuration">plimsoll.yaml.</param>
    private protected async Task<AgentService> StartAsync(int slots = 4, string configuration = "") => await AgentService.StartAsync(slots, configuration, await JournalAsync());
}
