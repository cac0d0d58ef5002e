using DualDb.Commands;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Storefront.Serving;

/// <summary>Answers the tool, which knows files and tables alone: <c>dualdb sync status --project samples/Storefront</c>, with <c>NEON_DATABASE_URL</c> and <c>SUPABASE_DB_URL</c> set.</summary>
internal static class CommandHost
{
    public const string Argument = "dualdb";

    public static async Task<int> AnswerAsync(string[] args, CancellationToken cancellationToken)
    {
        var builder = Host.CreateApplicationBuilder(args);
        builder.Logging.ClearProviders();
        ShopServices.Add(builder.Services, static _ => { });
        using var host = builder.Build();
        return await host.RunDualDbCommandAsync<ShopDb>(args, cancellationToken) ?? ExitCodes.Usage;
    }
}
