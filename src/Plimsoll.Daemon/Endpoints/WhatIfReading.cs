using System.Globalization;
using Microsoft.AspNetCore.Http;
using Plimsoll.Client;
using Plimsoll.Client.Simulations;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Units;
using Plimsoll.Core.Watching;
using Plimsoll.Daemon.Endpoints.Reading;
using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Serving;
using Plimsoll.Daemon.Simulations;
using Plimsoll.Daemon.Watching;

namespace Plimsoll.Daemon.Endpoints;

/// <summary>Answers what more memory, more nodes or more quota would change for the rest of a run, by the simulator.</summary>
/// <remarks><c>?memory=64G&amp;nodes=2&amp;quota=2</c>; one question at a time, because each takes a processor for a while.</remarks>
internal sealed class WhatIfReading(ServiceHost service)
{
    private const int MostNodes = 20;
    private int answering; // 1 while a question is being answered

    public async Task AnswerAsync(HttpContext context)
    {
        if (!await WatchEndpoints.IsForPeopleAsync(context) || await Asked.RunAsync(context) is not { } run)
        {
            return;
        }

        if (Read(context, run) is not { } request)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, $"memory is a size, nodes a number from 0 to {MostNodes}, quota a factor above 0", "Ask for example ?memory=64G, ?nodes=2 or ?quota=2.");
            return;
        }

        WatchPicture picture = await service.Watch.FirstAsync(context.RequestAborted);
        NodeLoad? local = picture.Load?.Nodes.FirstOrDefault(static node => node.Node == NodeId.Local);
        long memory = local?.Reading?.Memory.Limit.Value ?? 0;
        if (memory <= 0)
        {
            await Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "the memory of this machine is not known yet", "Ask again in a second.");
            return;
        }

        if (Interlocked.Exchange(ref answering, 1) == 1)
        {
            await Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "another question of this kind is being answered", "Ask again in a second.");
            return;
        }

        try
        {
            Outcome<WhatIfView> answer = await new SimulationRunner(service.Context).WhatIfAsync(request, memory, local!.Cores ?? Environment.ProcessorCount, context.RequestAborted);
            await (answer.TryGet(out WhatIfView? view, out Refusal? refusal) ? context.WriteJsonAsync(view, PlimsollJsonContext.Default.WhatIfView) : Problem.WriteAsync(context, refusal));
        }
        finally
        {
            Volatile.Write(ref answering, 0);
        }
    }

    private static WhatIfRequest? Read(HttpContext context, RunId run)
    {
        Bytes memory = default;
        int nodes = 0;
        double quota = 1;
        bool right = (Asked.Text(context, "memory") is not { } size || (Bytes.TryParse(size, out memory) && memory.Value > 0))
            && (Asked.Text(context, "nodes") is not { } count || (int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out nodes) && nodes <= MostNodes))
            && (Asked.Text(context, "quota") is not { } factor || (double.TryParse(factor, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out quota) && quota is > 0 and <= 1000));
        return right ? new WhatIfRequest(run.Value, memory.Value > 0 ? memory.Value : null, nodes, quota) : null;
    }
}
