using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Parsing;

/// <summary>The words that say which plan is meant and how it is read; shared by <c>run</c> and <c>check</c>.</summary>
internal sealed class PlanOptions
{
    private readonly Option<string?> _format = new("--format") { Description = "yaml, json or wfcommons (default: by the file's ending)", HelpName = "FORMAT" };
    private readonly Option<string?> _timeScale = new("--time-scale") { Description = "wfcommons: factor on recorded durations, e.g. 1/1000", HelpName = "X" };
    private readonly Option<string?> _memoryScale = new("--memory-scale") { Description = "wfcommons: factor on recorded memory, e.g. 1/16", HelpName = "X" };
    private readonly Option<string?> _capacity = new("--capacity") { Description = "wfcommons: memory of the machine, in the recording's units", HelpName = "SIZE" };
    private readonly Option<int?> _cores = new("--cores") { Description = "wfcommons: cores of the machine", HelpName = "N" };
    private readonly Option<string?> _as = new("--as") { Description = "wfcommons: burn (processes that hold memory) or noop (in-process)", HelpName = "KIND" };

    public Argument<string> Plan { get; } = new("PLAN") { Description = "Plan file; - reads standard input" };

    public void AddTo(Command verb)
    {
        verb.Add(Plan);
        verb.Add(_format);
        verb.Add(_timeScale);
        verb.Add(_memoryScale);
        verb.Add(_capacity);
        verb.Add(_cores);
        verb.Add(_as);
    }

    public Outcome<PlanRequest> Read(ParseResult words, CliContext context)
    {
        string name = words.GetRequiredValue(Plan);
        PlanFormat? format = words.GetValue(_format)?.ToLowerInvariant() switch
        {
            null => null,
            "yaml" or "yml" => PlanFormat.Yaml,
            "json" => PlanFormat.Json,
            "wfcommons" or "wfformat" => PlanFormat.WfCommons,
            _ => (PlanFormat)(-1),
        };
        if (format == (PlanFormat)(-1))
            return Invalid("--format", words.GetValue(_format)!, "yaml, json or wfcommons");
        if (!ReadRecording(words).TryGet(out RecordingOptions? recording, out Refusal? refusal))
            return refusal;

        string? text = null;
        if (name == "-")
        {
            try
            {
                using Stream input = context.OpenInput();
                text = PlanText.Read(input);
            }
            catch (IOException error)
            {
                return new Refusal(ExitCode.Invalid, $"cannot read the plan from standard input: {error.Message}");
            }
        }

        return new PlanRequest(name, text, format, recording);
    }

    private Outcome<RecordingOptions> ReadRecording(ParseResult words)
    {
        double timeScale = 1;
        double memoryScale = 1;
        long capacity = 0;
        if (words.GetValue(_timeScale) is { } time && !Quantity.TryScale(time, out timeScale))
            return Invalid("--time-scale", time, "a positive factor such as 1/1000 or 0.001");
        if (words.GetValue(_memoryScale) is { } memory && !Quantity.TryScale(memory, out memoryScale))
            return Invalid("--memory-scale", memory, "a positive factor such as 1/16");
        if (words.GetValue(_capacity) is { } size && (!Quantity.TryBytes(size, out capacity) || capacity == 0))
            return Invalid("--capacity", size, "a size such as 4G");
        if (words.GetValue(_cores) is < 1 and { } cores)
            return Invalid("--cores", $"{cores}", "a number from 1");
        if (words.GetValue(_as) is { } kind && kind is not ("burn" or "noop"))
            return Invalid("--as", kind, "burn or noop");
        return new RecordingOptions(timeScale, memoryScale, capacity > 0 ? capacity : null, words.GetValue(_cores), words.GetValue(_as) == "noop");
    }

    private static Refusal Invalid(string option, string found, string takes) => new(ExitCode.Invalid, $"{option} takes {takes}, found '{found}'");
}
