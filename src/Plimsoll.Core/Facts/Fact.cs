namespace Plimsoll.Core.Facts;

/// <summary>Something the kernel decided or accepted as true; the only thing that changes state, live and in recovery alike.</summary>
/// <remarks>Facts are additive: a new member gets a default that means what older journals meant.</remarks>
/// <param name="At">The kernel's time of the turn.</param>
public abstract record Fact(DateTimeOffset At);
