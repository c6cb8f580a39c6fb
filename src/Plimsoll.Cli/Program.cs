using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Terminal;

var context = new CliContext(
    TerminalProbe.Output(),
    TerminalProbe.Error(),
    Console.OpenStandardInput,
    Environment.GetEnvironmentVariable,
    TimeProvider.System,
    Environment.CurrentDirectory);
return (int)await Application.RunAsync(args, context, CancellationToken.None);
