using Plimsoll.Daemon.Requests;
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
}
