using DualDb.Errors;
using DualDb.Rest;

namespace DualDb.Rpc;

/// <summary>A call over REST: <c>POST /rpc/name</c> with the arguments as one object.</summary>
internal sealed class RestFunctionCall(RestClient client, string function, IReadOnlyDictionary<string, object?>? arguments) : FunctionCall(function, arguments)
{
    private static readonly byte[] Null = "null"u8.ToArray();

    // What the function returns is not wanted, and not waited for: an answer of success says that it has run.
    public override async Task RunAsync(CancellationToken cancellationToken)
        => await SendAsync(prefer: null, static (_, _) => ValueTask.FromResult(true), cancellationToken).ConfigureAwait(false);

    protected override Task<byte[]> ReadAsync(CancellationToken cancellationToken)
        => SendAsync(
            "count=exact",
            async (answer, token) =>
            {
                // What is left out cannot be asked for: calling the function again may do again what it does.
                if (RestRange.MayBeCut(answer, client.Limit))
                {
                    throw new RestFailure(
                        answer.StatusCode,
                        code: null,
                        "the function has run, but returned more rows than the server gives in one answer (db-max-rows), or as many without saying that these are all. Return fewer, or all as one value of json");
                }

                return await AnswerBody.ReadAllAsync(answer, token).ConfigureAwait(false) is { Length: > 0 } json ? json : Null;
            },
            cancellationToken);

    private async Task<T> SendAsync<T>(string? prefer, Func<HttpResponseMessage, CancellationToken, ValueTask<T>> read, CancellationToken cancellationToken)
    {
        var request = new RestRequest(HttpMethod.Post, "rpc/" + Uri.EscapeDataString(Name), new RestQuery(), Schema)
        {
            Body = RestBody.Of(body => body.Row(() => WriteArguments(body))),
            Writes = true,
            Prefer = prefer,
        };
        try
        {
            return await client.SendAsync(request, read, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (RestNetwork.OutcomeUnknown(exception))
        {
            throw ErrorTranslator.OutcomeUnknown(exception, Database.Supabase, entity: null, Operation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw ErrorTranslator.Translate(exception, Database.Supabase, entity: null, Operation);
        }
    }

    private void WriteArguments(RestBody body)
    {
        foreach (var (name, value) in Arguments)
        {
            body.Value(name, value);
        }
    }
}
