using Plimsoll.Core.Facts;

namespace Plimsoll.Core.Ports;

/// <summary>Sees facts after they became durable, in order, on the loop's thread; must be quick and must not throw.</summary>
public interface IFactObserver
{
    void Observe(IReadOnlyList<Fact> facts);
}
