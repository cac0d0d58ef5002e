using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Json;
using DualDb.Benchmarks.Measuring;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;
using DualDb.Benchmarks.Shop;

namespace DualDb.Benchmarks.Experiments;

/// <summary>1,000 rows from a canned answer: the SDK over REST against HttpClient and reflection-based System.Text.Json, with the options that GetFromJsonAsync takes by itself.</summary>
internal sealed class RowsOverRest : IExperiment
{
    private const int Count = 1_000;
    private const int Calls = 50;
    private const string Url = "https://rows.supabase.co/rest/v1/visits?select=id,user_id,kind,city,country,device,at,succeeded&order=id.asc&limit=1000";

    public IReadOnlyList<string> Ids { get; } = ["rest_time", "rest_alloc"];

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Reflection is what is compared with.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Reflection is what is compared with.")]
    public async Task<IReadOnlyList<Finding>> RunAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        using var answer = new CannedAnswer(Count);
        using var http = new HttpClient(answer, disposeHandler: false);
        await using var db = ShopDb.Create(options =>
        {
            options.Neon.ConnectionString = laboratory.Servers.Neon.ConnectionString;
            options.Supabase.ConnectionString = null;
            options.Supabase.Url = "https://rows.supabase.co";
            options.Supabase.ApiKey = "sb_publishable_benchmark";
            options.Supabase.CreateHttpClient = () => http;
        });
        var fault = await CompareAsync(db, http, cancellationToken);
        var contest = new Contest(Calls, warmUp: TimeSpan.FromSeconds(4), duration: TimeSpan.FromSeconds(6), leastRounds: 31);
        var result = await contest.RunAsync(
            cancellationToken,
            new Contestant("sdk", async (_, calls) =>
            {
                for (var call = 0; call < calls; call++)
                {
                    Expect.Count(Count, (await db.Visits.ListAsync(Count)).Count);
                }
            }),
            new Contestant("json", async (_, calls) =>
            {
                for (var call = 0; call < calls; call++)
                {
                    Expect.Count(Count, (await http.GetFromJsonAsync<List<Visit>>(Url))!.Count);
                }
            }));
        return
        [
            new("rest_time", result.TimeRatio("sdk", "json")) { Note = Note.Both(result, "sdk", "json"), Fault = fault },
            new("rest_alloc", result.ByteRatio("sdk", "json")) { Note = Note.Bytes(result, "sdk", "json") },
        ];
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Reflection is what is compared with.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Reflection is what is compared with.")]
    private static async Task<string?> CompareAsync(ShopDb db, HttpClient http, CancellationToken cancellationToken)
    {
        var theirs = await http.GetFromJsonAsync<List<Visit>>(Url, cancellationToken);
        return (await db.Visits.ListAsync(Count, cancellationToken)).SequenceEqual(theirs!) ? null : "the rows came back changed";
    }
}
