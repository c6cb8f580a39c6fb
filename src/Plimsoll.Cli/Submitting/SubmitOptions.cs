using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using Plimsoll.Client.Http;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Submitting;

/// <summary>The words that say which task is submitted.</summary>
internal sealed class SubmitOptions
{
    private const int MostRetries = 1000;

    private readonly Option<string?> _template = new("--template") { Description = "A template of the service's configuration", HelpName = "NAME" };
    private readonly Option<string[]> _parameters = new("--param", "-p")
    {
        Description = "Value of a parameter of the template or plan; may be repeated",
        HelpName = "NAME=VALUE",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _name = new("--name") { Description = "Name for listings", HelpName = "NAME" };
    private readonly Option<int?> _priority = new("--priority") { Description = "Larger starts first (default 0)", HelpName = "N" };
    private readonly Option<string?> _memory = new("--memory") { Description = "Memory the task needs (default: learned)", HelpName = "SIZE" };
    private readonly Option<string[]> _locks = new("--lock") { Description = "Named lock the task holds alone; may be repeated", HelpName = "NAME", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _timeout = new("--timeout") { Description = "End an attempt after this time", HelpName = "TIME" };
    private readonly Option<int?> _retries = new("--retries") { Description = "Tries after the first", HelpName = "N" };
    private readonly Option<string?> _key = new("--key") { Description = "Idempotency key: the same key again gives the same task", HelpName = "TEXT" };

    public Argument<string[]> Words { get; } = new("PLAN|-- COMMAND") { Description = "A plan file (- reads standard input), or a command after --", Arity = ArgumentArity.ZeroOrMore };

    public void AddTo(Command verb)
    {
        verb.Add(Words);
        foreach (Option option in new Option[] { _template, _parameters, _name, _priority, _memory, _locks, _timeout, _retries, _key })
            verb.Add(option);
    }

    /// <summary>Of the same key only the first submission counts; null = none.</summary>
    public string? Key(ParseResult words) => words.GetValue(_key);

    /// <summary>The plan that is meant; null = none is.</summary>
    public string? Plan(ParseResult words) => !IsCommand(words) && words.GetValue(Words) is [var plan] ? plan : null;

    public Outcome<IReadOnlyDictionary<string, string>> Parameters(ParseResult words)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string parameter in words.GetValue(_parameters) ?? [])
        {
            int equals = parameter.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                return new Refusal(ExitCode.Invalid, $"--param takes NAME=VALUE, found '{parameter}'");
            values[parameter[..equals]] = parameter[(equals + 1)..];
        }

        return values;
    }

    /// <summary>The task that is meant: a template with parameters, or a command.</summary>
    /// <param name="folder">Where a command is to run; null = in the service's project.</param>
    public Outcome<TaskSubmission> Task(ParseResult words, string? folder)
    {
        string[] command = words.GetValue(Words) ?? [];
        string? template = words.GetValue(_template);
        if (command.Length > 0 && !IsCommand(words))
            return new Refusal(ExitCode.Invalid, $"submit takes one plan, found {command.Length} words", "Write a command after --, for example plimsoll submit -- make test");
        if (template is null == (command.Length == 0))
            return new Refusal(ExitCode.Invalid, template is null ? "submit needs a plan, a command or --template" : "submit takes a command or --template, not both", "'plimsoll submit --help' shows examples");
        if (!Parameters(words).TryGet(out IReadOnlyDictionary<string, string>? parameters, out Refusal? refusal))
            return refusal;
        if (template is null && parameters.Count > 0)
            return new Refusal(ExitCode.Invalid, "--param belongs to --template or a plan", "Write the values into the command.");
        int? retries = words.GetValue(_retries);
        if (retries is < 0 or > MostRetries)
            return new Refusal(ExitCode.Invalid, $"--retries takes a number from 0 to {MostRetries}, found {retries}");

        return new TaskSubmission
        {
            Template = template,
            Params = parameters.Count > 0 ? JsonSerializer.SerializeToElement(parameters, CliJsonContext.Default.IReadOnlyDictionaryStringString) : null,
            Run = template is null ? JsonSerializer.SerializeToElement(command, CliJsonContext.Default.StringArray) : null,
            Name = words.GetValue(_name),
            Priority = words.GetValue(_priority),
            IdempotencyKey = words.GetValue(_key),
            More = More(words, template is null ? folder : null),
        };
    }

    private static bool IsCommand(ParseResult words) => words.Tokens.Any(static token => token.Type == TokenType.DoubleDash);

    /// <summary>Keys as plans have them; the service checks the values.</summary>
    private Dictionary<string, JsonElement>? More(ParseResult words, string? folder)
    {
        var more = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        Add("memory", words.GetValue(_memory));
        Add("timeout", words.GetValue(_timeout));
        Add("cwd", folder);
        if (words.GetValue(_retries) is { } tries)
            more["retries"] = JsonSerializer.SerializeToElement(tries, CliJsonContext.Default.Int32);
        if (words.GetValue(_locks) is { Length: > 0 } locks)
            more["locks"] = JsonSerializer.SerializeToElement(locks, CliJsonContext.Default.StringArray);
        return more.Count > 0 ? more : null;

        void Add(string key, string? value)
        {
            if (value is not null)
                more[key] = JsonSerializer.SerializeToElement(value, CliJsonContext.Default.String);
        }
    }
}
