using Plimsoll.Core.Identity;

namespace Plimsoll.Daemon.Access;

/// <summary>Who makes a request.</summary>
/// <param name="Name">For audit: <c>socket</c>, the name of a token, <c>attempt 3.7</c>, or <c>anonymous</c>.</param>
/// <param name="Attempt">Set for a task that calls: it sees and changes what it submitted itself, and nothing else.</param>
internal sealed record Caller(string Name, AccessScope Scope, AttemptId? Attempt = null)
{
    public static Caller Anonymous { get; } = new("anonymous", AccessScope.None);

    public static Caller Socket { get; } = new("socket", AccessScope.Admin);
}
