namespace Plimsoll.Journal.Postgres;

/// <summary>One server a journal may be on.</summary>
/// <param name="Name">A host name, an address, the folder of a socket, or <see cref="Auto"/>.</param>
internal readonly record struct PostgresHost(string Name, int Port)
{
    internal const string Auto = "auto";

    /// <summary>A folder with the server's socket.</summary>
    internal bool IsSocket => Name.StartsWith('/');

    public override string ToString() => IsSocket ? $"{Name} (socket, port {Port})" : $"{Name}:{Port}";
}
