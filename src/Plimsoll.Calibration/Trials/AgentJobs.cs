using Plimsoll.Calibration.ProviderModel;
using Plimsoll.Calibration.Torture.Agents;

namespace Plimsoll.Calibration.Trials;

/// <summary>Real coding agents as jobs, signed in at a model server on loopback that answers after some seconds.</summary>
public sealed class AgentJobs : IDisposable
{
    private readonly ModelServer server;

    private AgentJobs(ModelServer server, IReadOnlyList<string> arguments)
    {
        this.server = server;
        Arguments = arguments;
    }

    /// <summary>The words by which agents are named.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetNames<AgentKind>().Select(static name => name.ToLowerInvariant())];

    /// <summary>The command; it works in <c>$JOB</c>.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>Installs the agents with npm where they are missing, and starts the model.</summary>
    /// <param name="folder">Where the agents are.</param>
    /// <exception cref="IOException">npm is missing or failed, with what it said.</exception>
    public static async Task<AgentJobs> PrepareAsync(string name, string folder, TimeSpan thinking, TimeProvider time, Action<string> said, CancellationToken cancellationToken)
    {
        AgentKind kind = Enum.Parse<AgentKind>(name, ignoreCase: true);
        string programs = await AgentInstall.EnsureAsync(folder, said, cancellationToken);
        ModelServer server = ModelServer.Start(thinking, time);
        try
        {
            string shared = kind == AgentKind.OpenCode ? await AgentHome.EnsureAsync(folder, programs, server.BaseUrl, said, cancellationToken) : folder;
            return new AgentJobs(server, ["/bin/sh", "-c", AgentScript.For(kind, programs, server.BaseUrl, shared)]);
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public void Dispose() => server.Dispose();
}
