using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Parsing;
using Plimsoll.Cli.Rendering;
using Plimsoll.Cli.Terminal;
using Plimsoll.Client.Services;
using Plimsoll.Daemon.Links;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary><c>plimsoll token</c>: names tokens of the service for programs and people who need less than everything.</summary>
internal sealed class TokenCommand : ProjectVerb
{
    private readonly Argument<string> _action = new("list|create|revoke") { Description = "What to do (default: list)", Arity = ArgumentArity.ZeroOrOne };
    private readonly Argument<string?> _name = new("NAME") { Description = "Name of the token", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _scope = new("--scope") { Description = "create: read, submit or admin; each includes those before it", HelpName = "SCOPE" };
    private readonly Option<string?> _expires = new("--expires") { Description = "create: worth nothing after this time, e.g. 30d (default: does not expire)", HelpName = "TIME" };
    private readonly Option<string?> _server = new("--server") { Description = "Address of the service (default: PLIMSOLL_URL, else the one of the state folder)", HelpName = "URL" };
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON (docs/cli.md shows its shape)" };

    public TokenCommand(CliContext context)
        : base("token", "List, make or end tokens of the service", context)
    {
        Add(_action);
        Add(_name);
        Add(_scope);
        Add(_expires);
        Add(_server);
        Add(_json);
        AddProjectOptions();
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll token create ci --scope submit --expires 30d", "A token for a program that submits; it is printed once"),
        new("plimsoll token", "Those there are, without their secrets"),
        new("plimsoll token revoke ci", "Worth nothing from now on"),
    ];

    public override string Remarks => "The service keeps a digest only. The token of the state folder (file token) may do everything; deleting the file and restarting the service makes a new one.";

    protected override async Task<ExitCode> ExecuteAsync(ParseResult words, CancellationToken cancellationToken)
    {
        if (!OpenProject(words).TryGet(out Project? project, out Refusal? refusal)
            || !project.Service(words.GetValue(_server)).TryGet(out ServiceDesk? service, out refusal))
        {
            return Refuse(refusal);
        }

        using (service)
        {
            return (words.GetValue(_action), words.GetValue(_name)) switch
            {
                (null or "list", null) => await ListAsync(service, words, cancellationToken),
                ("create", { } name) => await CreateAsync(service, name, words, cancellationToken),
                ("revoke", { } name) => await RevokeAsync(service, name, cancellationToken),
                ("create" or "revoke", null) => Refuse(new Refusal(ExitCode.Invalid, "the token needs a name", "for example plimsoll token create ci --scope submit")),
                var (action, _) => Refuse(new Refusal(ExitCode.Invalid, $"token takes list, create NAME or revoke NAME, found '{action}'")),
            };
        }
    }

    private async Task<ExitCode> ListAsync(ServiceDesk service, ParseResult words, CancellationToken cancellationToken)
    {
        if (!(await service.TokensAsync(cancellationToken)).TryGet(out TokenListView? list, out Refusal? refusal))
            return Refuse(refusal);

        if (words.GetValue(_json))
        {
            Out.WriteJson(list, ServiceJsonContext.Default.TokenListView);
            return ExitCode.Success;
        }

        if (list.Tokens.Count == 0)
        {
            Out.WriteLine("There is only the token of the state folder; 'plimsoll token create NAME --scope SCOPE' makes others.");
            return ExitCode.Success;
        }

        var table = new TextTable([new("NAME", Shrinks: true), new("SCOPE"), new("MADE"), new("EXPIRES"), new("BY", Shrinks: true)]);
        foreach (TokenView token in list.Tokens)
            table.Add([new TextCell(token.Name, Ink.Strong), token.Scope, Figures.When(token.CreatedAt, Context.Time), token.ExpiresAt is { } end ? Figures.When(end, Context.Time) : "never", token.By]);
        table.WriteTo(Out);
        return ExitCode.Success;
    }

    private async Task<ExitCode> CreateAsync(ServiceDesk service, string name, ParseResult words, CancellationToken cancellationToken)
    {
        if (words.GetValue(_scope) is not { } scope)
            return Refuse(new Refusal(ExitCode.Invalid, "create needs --scope", "read sees everything, submit also submits and cancels, admin does everything"));
        TimeSpan? life = null;
        if (words.GetValue(_expires) is { } expires)
        {
            if (!Quantity.TryDuration(expires, out TimeSpan time))
                return Refuse(new Refusal(ExitCode.Invalid, $"--expires takes a time, found '{expires}'", "for example 12h or 30d"));
            life = time;
        }

        if (!(await service.CreateTokenAsync(new TokenRequestView(name, scope, life?.TotalSeconds), cancellationToken)).TryGet(out TokenView? token, out Refusal? refusal))
            return Refuse(refusal);

        if (words.GetValue(_json))
            Out.WriteJson(token, ServiceJsonContext.Default.TokenView);
        else
            Out.WriteLine(token.Token!);
        return ExitCode.Success;
    }

    private async Task<ExitCode> RevokeAsync(ServiceDesk service, string name, CancellationToken cancellationToken)
    {
        if (!(await service.RevokeTokenAsync(name, cancellationToken)).TryGet(out _, out Refusal? refusal))
            return Refuse(refusal);
        Out.WriteLine($"Token {ControlEscaper.Text(name)} is worth nothing any more.");
        return ExitCode.Success;
    }
}
