using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Parsing;
using Plimsoll.Cli.Rendering;
using Plimsoll.Client;
using Plimsoll.Client.Projects;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>Shows every setting with its origin.</summary>
internal sealed class ConfigCommand : ListingVerb
{
    private readonly Argument<string?> _key = new("KEY") { Description = "Only settings that begin with this", Arity = ArgumentArity.ZeroOrOne };

    public ConfigCommand(CliContext context)
        : base("config", "Show every setting with its value and where it comes from", context)
    {
        Add(_key);
        AddListingOptions();
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll config", "All settings"),
        new("plimsoll config host", "Those that begin with host"),
    ];

    public override string Remarks =>
        "Flags outrank environment variables (PLIMSOLL_*), which outrank plimsoll.yaml, which outranks defaults.";

    protected override Task<ExitCode> AnswerAsync(Project project, ParseResult words, CancellationToken cancellationToken)
    {
        string prefix = words.GetValue(_key) ?? "";
        IReadOnlyList<ConfigValueView> all = project.Configuration();
        IReadOnlyList<ConfigValueView> values = [.. all.Where(value => value.Key.StartsWith(prefix, StringComparison.Ordinal))];
        if (values.Count == 0 && prefix.Length > 0)
        {
            string? nearest = Nearest.To(prefix, all.Select(value => value.Key));
            string cure = nearest is null ? "'plimsoll config' lists all" : $"did you mean {nearest}?";
            return Task.FromResult(Refuse(new Refusal(ExitCode.Invalid, $"there is no setting {prefix}", cure)));
        }

        Outcome<IReadOnlyList<ConfigValueView>> answer = values.ToArray();
        return Task.FromResult(Show(words, answer, PlimsollJsonContext.Default.IReadOnlyListConfigValueView, shown => ProjectListings.Configuration(Out, shown)));
    }
}
