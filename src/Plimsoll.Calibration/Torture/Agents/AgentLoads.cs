using Plimsoll.Calibration.ProviderModel;
using Plimsoll.Calibration.Torture.Loads;

namespace Plimsoll.Calibration.Torture.Agents;

/// <summary>Loads of real agents, each of which waits three seconds for its model.</summary>
internal sealed class AgentLoads : IDisposable
{
    private const long Mebibyte = 1 << 20;
    private static readonly TimeSpan Thinking = TimeSpan.FromSeconds(3);
    private readonly string programs;
    private readonly string configuration;
    private readonly ModelServer server;

    private AgentLoads(string programs, string configuration, ModelServer server)
    {
        this.programs = programs;
        this.configuration = configuration;
        this.server = server;
    }

    /// <summary>Installs the agents where they are missing and starts their model.</summary>
    public static async Task<AgentLoads> PrepareAsync(string folder, TimeProvider time, Action<string> said, CancellationToken cancellationToken)
    {
        string programs = await AgentInstall.EnsureAsync(folder, said, cancellationToken);
        ModelServer server = ModelServer.Start(Thinking, time);
        try
        {
            return new(programs, await AgentHome.EnsureAsync(folder, programs, server.BaseUrl, said, cancellationToken), server);
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Claude Code only.</summary>
    public TortureLoad Claude(int count) => Load("claude", TortureTargets.OneAgent, [.. Enumerable.Repeat(AgentKind.Claude, count)]);

    /// <summary>Eight Claude Code, eight Codex and six OpenCode, in an order the seed decides.</summary>
    public TortureLoad Mixed(int seed)
    {
        AgentKind[] agents =
        [
            .. Enumerable.Repeat(AgentKind.Claude, 8), .. Enumerable.Repeat(AgentKind.Codex, 8), .. Enumerable.Repeat(AgentKind.OpenCode, 6),
        ];
        new Random(seed).Shuffle(agents);
        return Load("agents", TortureTargets.ManyAgents, agents);
    }

    public void Dispose() => server.Dispose();

    private TortureLoad Load(string name, TortureTargets targets, AgentKind[] agents) => new(
        name,
        targets,
        [.. agents.Select((agent, number) => new TortureJob(number, agent.ToString().ToLowerInvariant(), AgentScript.For(agent, programs, server.BaseUrl, configuration), PeakBytes(agent), 0, 0))],
        [Path.GetDirectoryName(programs)!]);

    // Seen with the pinned versions; used only as the search's first guess and GNU parallel's --memfree.
    private static long PeakBytes(AgentKind agent) => Mebibyte * agent switch
    {
        AgentKind.Claude => 140,
        AgentKind.Codex => 50,
        _ => 530,
    };
}
