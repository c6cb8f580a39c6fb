using Plimsoll.Core.Effects;

namespace Plimsoll.Core.Ports;

/// <summary>Carries out starts and kills; answers through the <see cref="IInputSink"/> it was made with.</summary>
/// <remarks>
/// Called by the loop only. <see cref="Start"/> returns quickly (it may queue). Exactly one AttemptEnded follows each Start, also when it
/// could not be started or was killed before it began.
/// </remarks>
public interface IAttemptExecutor
{
    void Start(StartAttempt effect);

    void Kill(KillAttempt effect);
}
