using Plimsoll.Core.Identity;
using Plimsoll.Core.Units;

namespace Plimsoll.Engine.Guarding;

/// <summary>What the pressure ladder can do to live attempts; harmless for one that has ended.</summary>
public interface IPressureControl
{
    /// <summary>Stops its whole tree until it is thawed.</summary>
    void Freeze(AttemptId attempt);

    void Thaw(AttemptId attempt);

    /// <summary>Holds the next model requests of all attempts, or lets them go.</summary>
    void Hold(bool held);

    /// <summary>Asks the kernel to take back this much of its cold memory, where it can.</summary>
    void Reclaim(AttemptId attempt, Bytes amount);

    /// <summary>Kills its whole tree at once.</summary>
    void Evict(AttemptId attempt);

    /// <summary>Has the kernel limit all attempts together: the last defence, where there are cgroups.</summary>
    /// <param name="slack">The limit is never lowered below what is in use and this.</param>
    void LimitAll(Bytes limit, Bytes slack);
}
