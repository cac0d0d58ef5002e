using DualDb;
using DualDb.Commands;
using DualDb.Consistency.Monitoring;
using DualDb.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Storefront.Handlers;

namespace Storefront.Serving;

/// <summary>Answers the tool, which knows files and tables alone: <c>dualdb sync status --project samples/Storefront</c>, with <c>NEON_DATABASE_URL</c> and <c>SUPABASE_DB_URL</c> set.</summary>
internal static class CommandHost
{
    public const string Argument = "dualdb";

    public static async Task<int> AnswerAsync(string[] args, CancellationToken cancellationToken)
    {
        var builder = Host.CreateApplicationBuilder(args);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<MailService>();
        builder.Services.AddShopDb();
        builder.Services.AddShopDbEvents();
        builder.Services.AddShopDbSagas();
        builder.Services.AddShopDbSync();
        builder.Services.AddDualDbMigrations<ShopDb>(DualDbMigrations.FromAssembly(typeof(ShopDb).Assembly), static options => options.AllowMissing = true);
        builder.Services.AddDualDbMonitoring<ShopDb>();
        using var host = builder.Build();
        return await host.RunDualDbCommandAsync<ShopDb>(args, cancellationToken) ?? ExitCodes.Usage;
    }
}
