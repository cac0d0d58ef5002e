using DualDb.Connections;
using DualDb.Errors;
using DualDb.Rest;
using Npgsql;

namespace DualDb.Rpc;

/// <summary>A call over REST: <c>POST /rpc/name</c> with the arguments as one object.</summary>
internal sealed class RestFunctionCall(RestClient client, string function, IReadOnlyDictionary<string, object?>? arguments) : FunctionCall(function, arguments)
{
    private static readonly byte[] Null = "null"u8.ToArray();

    public override async Task RunAsync(CancellationToken cancellationToken) => await ReadAsync(cancellationToken).ConfigureAwait(false);

    protected override async Task<byte[]> ReadAsync(CancellationToken cancellationToken)
    {
        var request = new RestRequest(HttpMethod.Post, "rpc/" + Uri.EscapeDataString(Name), new RestQuery(), Schema)
        {
            Body = RestBody.Of(body => body.Row(() => WriteArguments(body))),
            Writes = true,
            Prefer = "count=exact",
        };
        try
        {
            return await client.SendAsync(
                request,
                async (answer, token) =>
                {
                    // What is left out cannot be asked for: calling the function again may do again what it does.
                    if (RestRange.IsCut(answer))
                    {
                        throw new RestFailure(answer.StatusCode, code: null, $"{Schema}.{Name} returned more rows than the server gives in one answer (db-max-rows). Return fewer, or all as one value of json");
                    }

                    return await answer.Content.ReadAsByteArrayAsync(token).ConfigureAwait(false) is { Length: > 0 } json ? json : Null;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException exception) when (exception is not PostgresException && TransientErrors.OutcomeUnknown(exception) && !RestNetwork.WasNotSent(exception))
        {
            throw ErrorTranslator.OutcomeUnknown(exception, Database.Supabase, entity: null, "RpcAsync");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw ErrorTranslator.Translate(exception, Database.Supabase, entity: null, "RpcAsync");
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
