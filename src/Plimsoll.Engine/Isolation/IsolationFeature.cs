namespace Plimsoll.Engine.Isolation;

/// <summary>One thing that isolation can do, and whether it does it on this machine.</summary>
/// <param name="Enforced">False where it is only watched or not there at all; <paramref name="Detail"/> says which.</param>
public sealed record IsolationFeature(string Name, bool Enforced, string Detail);
