using System.CommandLine;
using Plimsoll.Cli.Burn;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Parsing;
using Plimsoll.Cli.Terminal;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>Is a synthetic job that really holds memory.</summary>
internal sealed class BurnCommand : Verb
{
    private readonly Option<string?> _memory = new("--memory") { Description = "Total resident size, runtime included", HelpName = "SIZE" };
    private readonly Option<string?> _seconds = new("--seconds") { Description = "Life, counted from the start of the process", HelpName = "TIME" };
    private readonly Option<string?> _curve = new("--curve") { Description = "Size over time instead: seconds:size pairs, straight lines between", HelpName = "POINTS" };
    private readonly Option<int> _cpu = new("--cpu") { Description = "Compute on N threads instead of sleeping", HelpName = "N" };

    public BurnCommand(CliContext context)
        : base("burn", "A synthetic job: hold memory for a time, to try limits and plans", context)
    {
        Add(_memory);
        Add(_seconds);
        Add(_curve);
        Add(_cpu);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll burn --memory 300M --seconds 5", "300 MiB for 5 seconds, sleeping"),
        new("plimsoll burn --curve 0:50M,2:400M,5:100M --cpu 1", "Grow and shrink, computing on one thread"),
    ];

    public override string Remarks => "A size below what the runtime itself holds is warned about and not reached.";

    protected override Task<ExitCode> ExecuteAsync(ParseResult words, CancellationToken cancellationToken)
    {
        if (!Read(words).TryGet(out BurnOptions? options, out Refusal? refusal))
            return Task.FromResult(Refuse(refusal));

        using var warnings = new TargetWriter(Context.Error);
        var burner = new Burner(Context.Time, warnings);
        return Task.FromResult((ExitCode)burner.Run(options, cancellationToken));
    }

    private Outcome<BurnOptions> Read(ParseResult words)
    {
        int cpu = words.GetValue(_cpu);
        if (cpu is < 0 or > 1024)
            return new Refusal(ExitCode.Invalid, $"--cpu takes a number from 0 to 1024, found '{cpu}'");
        if (words.GetValue(_memory) is null == words.GetValue(_curve) is null)
            return new Refusal(ExitCode.Invalid, "burn takes either --memory or --curve", "for example: plimsoll burn --memory 300M --seconds 5");

        TimeSpan? life = null;
        if (words.GetValue(_seconds) is { } seconds)
        {
            if (!Quantity.TryDuration(seconds, out TimeSpan duration))
                return new Refusal(ExitCode.Invalid, $"--seconds takes a time above 0, found '{seconds}'", "for example 5, 0.25 or 2m");
            life = duration;
        }

        if (words.GetValue(_curve) is { } curve)
            return Curve(curve, life, cpu);
        if (!Quantity.TryBytes(words.GetValue(_memory)!, out long bytes))
            return new Refusal(ExitCode.Invalid, $"--memory takes a size, found '{words.GetValue(_memory)}'", "for example 300M or 2G");
        return life is null
            ? new Refusal(ExitCode.Invalid, "burn --memory needs --seconds", "for example: plimsoll burn --memory 300M --seconds 5")
            : BurnOptions.Constant(bytes, life.Value, cpu);
    }

    private static Outcome<BurnOptions> Curve(string text, TimeSpan? life, int cpu)
    {
        var points = new List<BurnPoint>();
        foreach (string point in text.Split(','))
        {
            string[] parts = point.Split(':');
            TimeSpan at = default;
            if (parts.Length != 2
                || !(parts[0] == "0" || Quantity.TryDuration(parts[0], out at))
                || !Quantity.TryBytes(parts[1], out long bytes)
                || (points.Count > 0 && at <= points[^1].At))
            {
                return new Refusal(ExitCode.Invalid, $"--curve takes rising seconds:size pairs, found '{point}'", "for example 0:50M,2:400M,5:100M");
            }

            points.Add(new BurnPoint(at, bytes));
        }

        TimeSpan end = life ?? points[^1].At;
        return end > TimeSpan.Zero
            ? new BurnOptions(points, end, cpu)
            : new Refusal(ExitCode.Invalid, "a curve of one point at 0 needs --seconds");
    }
}
