using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Rendering;
using Plimsoll.Client.Plans;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>A verb that works on a project folder.</summary>
internal abstract class ProjectVerb : Verb
{
    private readonly Option<string?> _state = new("--state") { Description = "State folder (default: .plimsoll)", HelpName = "DIR" };
    private readonly Option<string?> _config = new("--config") { Description = "Configuration file (default: plimsoll.yaml)", HelpName = "FILE" };
    private readonly Option<string?> _journal = new("--journal") { Description = "Where the journal is: sqlite, or a postgres:// URL", HelpName = "URL" };
    private readonly Option<string[]> _set = new("--set")
    {
        Description = "Set a configuration value, e.g. host.memory_reserve=2G; may be repeated",
        HelpName = "KEY=VALUE",
        Arity = ArgumentArity.OneOrMore,
    };

    protected ProjectVerb(string name, string description, CliContext context)
        : base(name, description, context)
    {
    }

    protected void AddProjectOptions()
    {
        Add(_state);
        Add(_config);
        Add(_journal);
        Add(_set);
    }

    protected bool StateIsGiven(ParseResult words) => !string.IsNullOrEmpty(words.GetValue(_state));

    protected Outcome<Project> OpenProject(ParseResult words)
    {
        var overrides = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string setting in words.GetValue(_set) ?? [])
        {
            int equals = setting.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                return new Refusal(ExitCode.Invalid, $"--set takes KEY=VALUE, found '{setting}'", "for example --set host.memory_reserve=2G");
            overrides[setting[..equals]] = setting[(equals + 1)..];
        }

        if (words.GetValue(_journal) is { } journal)
            overrides["journal"] = journal;

        var options = new ProjectOptions(Context.Folder, Absolute(words.GetValue(_state)), Absolute(words.GetValue(_config)), overrides);
        Outcome<Project> opened = Project.Open(options, Context.Time);
        if (opened.TryGet(out Project? project, out _))
        {
            foreach (DiagnosticView warning in project.Warnings)
                Diagnostics.Write(Context.Error, warning);
        }

        return opened;
    }

    private string? Absolute(string? path) => string.IsNullOrEmpty(path) ? null : Path.GetFullPath(path, Context.Folder);
}
