using System.CommandLine;
using System.CommandLine.Parsing;
using Plimsoll.Cli.Commands;
using Plimsoll.Cli.Parsing;
using Plimsoll.Cli.Rendering;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Hosting;

/// <summary>From the words of a command line to an exit code; nothing leaves here as an exception.</summary>
internal static class Application
{
    public static async Task<ExitCode> RunAsync(string[] words, CliContext context, CancellationToken cancellationToken)
    {
        ExitCode code;
        try
        {
            code = await DispatchAsync(words, context, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            code = ExitCode.Interrupted;
        }
        catch (Exception exception) when (EnvironmentFault.Covers(exception))
        {
            ErrorReport.Write(context.Error, exception.Message, null);
            Explain(exception, context);
            code = ExitCode.Environment;
        }
        catch (Exception exception)
        {
            string what = exception.Message.ReplaceLineEndings(" ");
            ErrorReport.Write(
                context.Error,
                $"internal error: {exception.GetType().Name}: {what}",
                "This is a bug in plimsoll: please report it with the command line; PLIMSOLL_DEBUG=1 shows where it happened.");
            Explain(exception, context);
            code = ExitCode.Internal;
        }

        context.Out.Flush();
        if (context.Out.Error != 0 && code == ExitCode.Success)
        {
            (string problem, string cure) = OutputFault.Describe(context.Out.Error);
            ErrorReport.Write(context.Error, $"cannot write to standard output: {problem}", cure);
            code = ExitCode.Environment;
        }

        context.Error.Flush();
        return code;
    }

    private static Task<ExitCode> DispatchAsync(string[] words, CliContext context, CancellationToken cancellationToken)
    {
        switch (words)
        {
            case [] or ["--help" or "-h" or "help"]:
                HelpPage.WriteRoot(context.Out);
                return Task.FromResult(words.Length == 0 ? ExitCode.Invalid : ExitCode.Success);
            case ["--version" or "version", ..]:
                context.Out.WriteLine($"plimsoll {ProductVersion.Text}");
                return Task.FromResult(ExitCode.Success);
            case ["help", .. var topic]:
                return DispatchAsync([.. topic, "--help"], context, cancellationToken);
            case [CompletionWords.Verb, ..]:
                return CompletionWords.WriteAsync(words.AsMemory(1), context, cancellationToken);
            default:
                return VerbTable.Find(words[0]) is { } entry
                    ? InvokeAsync(entry, words, context, cancellationToken)
                    : Task.FromResult(Unknown(words[0], context));
        }
    }

    private static async Task<ExitCode> InvokeAsync(VerbEntry entry, string[] words, CliContext context, CancellationToken cancellationToken)
    {
        Verb verb = entry.Create(context);
        if (words.Length > 1 && verb.Nested(words[1]) is { } nested)
        {
            verb = nested;
            words = words[1..];
        }

        verb.AddCommonOptions();
        (IReadOnlyList<string> rest, UsageError? wrong) = OptionScan.Normalise(verb, words[1..], verb.CommandFollows);

        // The parser takes a first word equal to the command's name for the program's own: `dead dead` would lose its task.
        ParseResult parsed = verb.Parse([verb.Name, .. rest], new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.GetValue(verb.Help) || AsksForHelp(rest))
        {
            HelpPage.Write(verb, context.Out);
            return ExitCode.Success;
        }

        if (wrong is null && parsed.Errors is [var first, ..])
            wrong = new UsageError(UsageMessage(parsed, first), $"'plimsoll {verb.Words} --help' shows how it is used");
        if (wrong is null)
            return await verb.RunAsync(parsed, cancellationToken);

        ErrorReport.Write(context.Error, wrong.Message, wrong.Cure);
        return ExitCode.Invalid;
    }

    private static bool AsksForHelp(IReadOnlyList<string> words) =>
        words.TakeWhile(word => word != "--").Any(word => word is "--help" or "-h");

    private static string UsageMessage(ParseResult parsed, ParseError error)
    {
        if (parsed.UnmatchedTokens is [var extra, ..])
            return $"{parsed.CommandResult.Command.Name} takes no further argument, found '{extra}'";
        if (error.Message.StartsWith("Cannot parse argument '", StringComparison.Ordinal) && error.SymbolResult?.Tokens is [.., var word])
            return Unreadable(error.SymbolResult, word.Value);
        return error.Message.TrimEnd('.').Replace("Required argument missing for command: ", "missing argument for ", StringComparison.Ordinal);
    }

    /// <summary>The parser's own words name types of .NET.</summary>
    private static string Unreadable(SymbolResult where, string found)
    {
        (string name, Type type) = where switch
        {
            OptionResult { Option: var option } => (option.Name, option.ValueType),
            ArgumentResult { Argument: var argument } => (argument.Name, argument.ValueType),
            _ => ("it", typeof(int)),
        };
        string wanted = type == typeof(bool) ? "no value" : (Nullable.GetUnderlyingType(type) ?? type) == typeof(int) ? "a whole number" : "a number";
        return $"{name} takes {wanted}, found '{found}'";
    }

    private static ExitCode Unknown(string word, CliContext context)
    {
        string? nearest = Nearest.To(word, VerbTable.All.Select(entry => entry.Name));
        string kind = word.StartsWith('-') ? "option" : "verb";
        ErrorReport.Write(
            context.Error,
            $"there is no {kind} {word}",
            nearest is null ? "'plimsoll --help' lists the verbs" : $"did you mean 'plimsoll {nearest}'?");
        return ExitCode.Invalid;
    }

    private static void Explain(Exception exception, CliContext context)
    {
        if (!string.IsNullOrEmpty(context.Variable("PLIMSOLL_DEBUG")))
            context.Error.WriteLine(exception.ToString());
    }
}
