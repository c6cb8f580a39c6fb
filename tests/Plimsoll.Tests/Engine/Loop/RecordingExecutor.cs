using System.Collections.Concurrent;
using Plimsoll.Core.Effects;
using Plimsoll.Core.Ports;
using Xunit;

namespace Plimsoll.Tests.Engine.Loop;

/// <summary>Records what it is asked to do; the test says what came of it.</summary>
internal sealed class RecordingExecutor : IAttemptExecutor
{
    private readonly BlockingCollection<Effect> effects = [];

    public void Start(StartAttempt effect) => effects.Add(effect);

    public void Kill(KillAttempt effect) => effects.Add(effect);

    public T Next<T>()
        where T : Effect
    {
        Assert.True(effects.TryTake(out Effect? effect, TimeSpan.FromSeconds(30)), $"no {typeof(T).Name} was performed");
        return Assert.IsType<T>(effect);
    }

    public void AssertEmpty() => Assert.Empty(effects);
}
