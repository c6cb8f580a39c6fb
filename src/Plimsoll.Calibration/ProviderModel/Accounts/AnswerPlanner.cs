using System.Globalization;
using Plimsoll.Calibration.ProviderModel.Answers;
using Plimsoll.Calibration.ProviderModel.Dialects;
using Plimsoll.Calibration.ProviderModel.Faults;
using Plimsoll.Calibration.ProviderModel.Quotas;

namespace Plimsoll.Calibration.ProviderModel.Accounts;

/// <summary>Puts what was decided into an answer with times; decides and charges nothing.</summary>
internal sealed class AnswerPlanner(ProviderOptions options, IDialect dialect)
{
    private const string Json = "application/json";
    private static readonly MessagesForm Messages = new();
    private static readonly ChatForm Chat = new();
    private static readonly ResponsesForm Responses = new();
    private static readonly EmbeddingsForm Embeddings = new();

    /// <summary>Whether the answer is a stream of events.</summary>
    public static bool Streams(ProviderRequest request) => request.Streams && request.Form != ApiForm.Embeddings;

    public AnswerPlan Refusal(PlannedRefusal refusal, QuotaSet quotas, DateTimeOffset now)
    {
        DateTimeOffset at = now + options.RefusalDelay;
        List<KeyValuePair<string, string>> headers = Headers(Json, refusal.Id, at, quotas, now);
        headers.AddRange(refusal.Error.Headers);
        return new()
        {
            Arrival = refusal.Arrival,
            Status = refusal.Error.Status,
            HeadersAt = at,
            Headers = headers,
            Parts = [new(at, refusal.Error.Body.ToJsonString())],
            Fault = refusal.Fault,
            Charges = refusal.Charges,
        };
    }

    /// <param name="usage">Of the answer if no fault strikes.</param>
    public AnswerPlan Answer(AdmittedRequest admitted, TokenUsage usage, Production production, QuotaSet quotas, DateTimeOffset now)
    {
        (ProviderRequest request, FaultKind fault) = (admitted.Request, admitted.Fault.Kind);
        bool streams = Streams(request);

        // Without a stream the output is complete before anything is sent, so it is charged whatever becomes of the body.
        bool stops = streams && (fault == FaultKind.MidStreamError || BodyWriter.Breaks(fault));
        Production produced = stops ? production.StoppedAt(admitted.Fault.At) : production;
        TokenUsage used = usage with { Output = produced.Tokens };
        AnswerContent content = new(admitted.Id, request.Model, usage, production.EndedByLimit, request.IncludesUsage, request.Items);
        IAnswerForm form = Form(request.Form);
        IEnumerable<AnswerPart> parts = streams ? BodyWriter.Stream(form, content, produced, fault) : BodyWriter.Whole(form, content, produced.Ends, fault);
        DateTimeOffset headersAt = streams ? produced.Begins : produced.Ends;
        return new()
        {
            Arrival = admitted.Arrival,
            Status = 200,
            HeadersAt = headersAt,
            Headers = Headers(streams ? "text/event-stream" : Json, admitted.Id, headersAt, quotas, now),
            Parts = fault switch
            {
                FaultKind.SlowLoris => SlowParts.Of(parts, options.Faults.ByteInterval),
                FaultKind.Split => SlowParts.Of(parts, TimeSpan.Zero),
                _ => parts,
            },
            Ending = fault switch
            {
                FaultKind.Cut => AnswerEnding.Cut,
                FaultKind.Stall => AnswerEnding.Stalled,
                FaultKind.Reset => AnswerEnding.Reset,
                FaultKind.Silence => AnswerEnding.Silent,
                _ => AnswerEnding.Complete,
            },
            Fault = fault,
            Usage = used,
            Charges = [.. admitted.Taken, .. dialect.Later(admitted.Needs, used, produced)],
        };
    }

    private List<KeyValuePair<string, string>> Headers(string type, string id, DateTimeOffset at, QuotaSet quotas, DateTimeOffset now)
    {
        List<KeyValuePair<string, string>> headers = [new("content-type", type), new("date", at.ToString("R", CultureInfo.InvariantCulture))];
        dialect.AddHeaders(headers, id, quotas, now);
        return headers;
    }

    private static IAnswerForm Form(ApiForm form) => form switch
    {
        ApiForm.Messages => Messages,
        ApiForm.ChatCompletions => Chat,
        ApiForm.Responses => Responses,
        _ => Embeddings,
    };
}
