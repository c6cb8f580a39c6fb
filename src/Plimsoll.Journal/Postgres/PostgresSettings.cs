using System.Collections.Immutable;
using System.Net;

namespace Plimsoll.Journal.Postgres;

/// <summary>How a PostgreSQL server is reached.</summary>
/// <param name="TrustedNetworks">Networks in which plaintext is accepted besides sockets and loopback; empty by default.</param>
/// <param name="Container">What the host <c>auto</c> tries last; null = nothing.</param>
/// <param name="PoolLeast">Idle connections that are kept, default 5.</param>
/// <param name="PoolSize">Connections at once without need for more, default 20.</param>
/// <param name="PoolCeiling">Connections at once under lasting demand, default 50.</param>
/// <param name="Password">From the environment; null = the passfile, or none.</param>
/// <param name="Passfile">Null = that of the environment, or <c>~/.pgpass</c>.</param>
public sealed record PostgresSettings(
    ImmutableArray<IPNetwork> TrustedNetworks,
    string? Container,
    int PoolLeast,
    int PoolSize,
    int PoolCeiling,
    string? Password,
    string? Passfile)
{
    public static PostgresSettings Default { get; } = new([], null, 5, 20, 50, null, null);

    /// <summary>Without the password.</summary>
    public override string ToString() => $"pool {PoolLeast}..{PoolSize}..{PoolCeiling}, container {Container ?? "none"}, trusted networks {string.Join(' ', TrustedNetworks)}";
}
