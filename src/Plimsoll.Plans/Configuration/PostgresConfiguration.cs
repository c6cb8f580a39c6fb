using System.Collections.Immutable;
using System.Net;

namespace Plimsoll.Plans.Configuration;

/// <summary>How a PostgreSQL journal is reached.</summary>
/// <param name="TrustedNetworks">Networks in which plaintext is accepted besides sockets and loopback.</param>
/// <param name="Container">Name or address that the host <c>auto</c> tries last; null = none.</param>
/// <param name="PoolLeast">Idle connections that are kept.</param>
/// <param name="PoolSize">Connections at once without lasting need for more.</param>
/// <param name="PoolCeiling">Connections at once under lasting demand.</param>
/// <param name="Passfile">Null = that of the environment, or <c>~/.pgpass</c>.</param>
public sealed record PostgresConfiguration(
    ImmutableArray<IPNetwork> TrustedNetworks,
    string? Container,
    int PoolLeast,
    int PoolSize,
    int PoolCeiling,
    string? Passfile)
{
    public static PostgresConfiguration Default { get; } = new([], null, 5, 20, 50, null);
}
