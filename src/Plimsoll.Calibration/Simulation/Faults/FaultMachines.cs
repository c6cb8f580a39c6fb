using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Calibration.Simulation.Faults;

/// <summary>What truly lives on the nodes, whatever Plimsoll believes.</summary>
internal sealed class FaultMachines
{
    private readonly Dictionary<AttemptId, NodeId> alive = [];
    private readonly Dictionary<AttemptId, ExitReport> exits = [];

    public int AliveCount => alive.Count;

    /// <summary>False when another attempt of the same task lives.</summary>
    public bool Start(AttemptId attempt, NodeId node)
    {
        bool isOnly = alive.Keys.All(other => other.Task != attempt.Task);
        alive[attempt] = node;
        return isOnly;
    }

    public bool IsAlive(AttemptId attempt) => alive.ContainsKey(attempt);

    /// <summary>How it ended, as its supervisor wrote down; null while it lives, or when it never was or went with its node.</summary>
    public ExitReport? ExitOf(AttemptId attempt) => exits.GetValueOrDefault(attempt);

    /// <summary>False when it was not alive.</summary>
    public bool End(AttemptId attempt, ExitReport report)
    {
        if (!alive.Remove(attempt))
        {
            return false;
        }

        exits[attempt] = report;
        return true;
    }

    /// <summary>A node goes: no exit is written.</summary>
    public void Lose(NodeId node)
    {
        foreach (AttemptId attempt in alive.Where(pair => pair.Value == node).Select(static pair => pair.Key).ToArray())
        {
            alive.Remove(attempt);
        }
    }
}
