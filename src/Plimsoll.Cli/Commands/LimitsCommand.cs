using System.CommandLine;
using System.Globalization;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Parsing;
using Plimsoll.Cli.Rendering;
using Plimsoll.Client;
using Plimsoll.Client.Runs;
using Plimsoll.Daemon.Links;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>Shows the limits of a run, and changes those of the live one.</summary>
internal sealed class LimitsCommand : DeskVerb
{
    private const int MostUnits = 1_000_000;

    private readonly Argument<int?> _run = new("RUN") { Description = "The run (default: the live or the newest one)", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _jobs = new("--max-concurrent", "-j") { Description = "Tasks at once from now on: auto, or a number from 1 to 1024", HelpName = "N" };
    private readonly Option<string?> _reserve = new("--memory-reserve") { Description = "Memory never given to tasks", HelpName = "SIZE" };
    private readonly Option<string[]> _locks = new("--lock")
    {
        Description = "Units of a counted lock; may be repeated",
        HelpName = "NAME=N",
        Arity = ArgumentArity.OneOrMore,
    };

    public LimitsCommand(CliContext context)
        : base("limits", "Show the limits of a run, or change them while it runs", context)
    {
        Add(_run);
        Add(_jobs);
        Add(_reserve);
        Add(_locks);
        AddDeskOptions();
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll limits", "What limits the run now"),
        new("plimsoll limits -j 2", "From now on two tasks at once; what runs goes on"),
        new("plimsoll limits --lock gpu=2 --memory-reserve 4G", "More units of a lock, more memory for the host"),
    ];

    public override string Remarks => "Changes need a live run, in another terminal; they are recorded, and a later resume keeps them. Running tasks keep what they hold.";

    protected override async Task<ExitCode> AnswerAsync(IWorkDesk desk, ParseResult words, CancellationToken cancellationToken)
    {
        if (!Read(words).TryGet(out LimitsRequest? change, out Refusal? refusal))
            return Refuse(refusal);

        Outcome<LimitsView> answer = await desk.LimitsAsync(words.GetValue(_run), change, cancellationToken);
        return Show(words, answer, PlimsollJsonContext.Default.LimitsView, limits => Listings.Limits(Out, limits));
    }

    private Outcome<LimitsRequest> Read(ParseResult words)
    {
        if (!Concurrency.Read(words.GetValue(_jobs)).TryGet(out TaskLimit? limit, out Refusal? refusal))
            return refusal!;

        long? reserve = null;
        if (words.GetValue(_reserve) is { } size)
        {
            if (!Quantity.TryBytes(size, out long bytes))
                return new Refusal(ExitCode.Invalid, $"--memory-reserve takes a size, found '{size}'", "for example 500M or 4G");
            reserve = bytes;
        }

        var locks = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string setting in words.GetValue(_locks) ?? [])
        {
            int equals = setting.LastIndexOf('=');
            if (equals <= 0 || !int.TryParse(setting.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int units) || units is < 1 or > MostUnits)
                return new Refusal(ExitCode.Invalid, $"--lock takes NAME=N with a number from 1, found '{setting}'", "for example --lock gpu=2");
            locks[setting[..equals]] = units;
        }

        return new LimitsRequest(limit, reserve, locks);
    }
}
