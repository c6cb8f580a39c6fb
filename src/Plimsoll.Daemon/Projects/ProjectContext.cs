using Plimsoll.Daemon.Requests;
using Plimsoll.Journal.Postgres;
using Plimsoll.Journal.Stores;
using Plimsoll.Plans.Configuration;

namespace Plimsoll.Daemon.Projects;

/// <summary>What every request on a project shares.</summary>
/// <param name="Environment">Plimsoll's own environment.</param>
/// <param name="Executable">Path of the running executable, started again for synthetic jobs.</param>
internal sealed record ProjectContext(
    ProjectOptions Options,
    PlimsollConfiguration Configuration,
    IReadOnlyDictionary<string, string> Environment,
    string Executable,
    TimeProvider Time)
{
    public string Folder => Options.Folder;

    public string StateFolder => Path.GetFullPath(Options.StateFolder ?? ".plimsoll", Options.Folder);

    /// <summary>Where the configuration wants the journal.</summary>
    public JournalLocation Journal => new(
        Configuration.Journal,
        new PostgresSettings(
            Configuration.Postgres.TrustedNetworks,
            Configuration.Postgres.Container,
            Configuration.Postgres.PoolLeast,
            Configuration.Postgres.PoolSize,
            Configuration.Postgres.PoolCeiling,
            Environment.GetValueOrDefault("PGPASSWORD"),
            Configuration.Postgres.Passfile is { } file ? Path.GetFullPath(file, Options.Folder) : Environment.GetValueOrDefault("PGPASSFILE")));

    /// <summary>The store of the journal, which <see cref="Project.Open"/> has found possible; nothing is opened yet.</summary>
    /// <param name="notice">Told of what people should know about the way to the journal.</param>
    public IJournalStore Store(Action<string> notice) =>
        JournalFactory.TryCreate(Journal, Plimsoll.Journal.State.StateFolder.At(StateFolder), Time, notice, out IJournalStore? store, out string? refusal)
            ? store
            : throw new InvalidOperationException(refusal);
}
