using DualDb.Commands;
using DualDb.Consistency.Events;
using DualDb.Consistency.Monitoring;
using DualDb.Consistency.Sagas;
using DualDb.Migrations;
using DualDb.Tool.App;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// An application with all that the tool needs one for. Its own arguments: "play" installs what events, sagas and the synchronisation need, and leaves something of each behind; "node" runs until its input ends.
var builder = Host.CreateApplicationBuilder(args);
builder.Logging.ClearProviders();
builder.Services.AddAppDb();
builder.Services.AddAppDbEvents(static options => options.MaxPollInterval = TimeSpan.FromMilliseconds(100));
builder.Services.AddAppDbSagas();
builder.Services.AddAppDbSync(static options => options.MaxPollInterval = TimeSpan.FromMilliseconds(50));
builder.Services.AddDualDbMonitoring<AppDb>(static options => (options.Application, options.Targets.QueryTime) = ("tool-app", TimeSpan.FromSeconds(7)));
builder.Services.AddSingleton<IDataMigration, MarkSeen>();
builder.Services.AddDualDbMigrations<AppDb>(DualDbMigrations.FromAssembly(typeof(AppDb).Assembly), static options => options.RunAtStartUp = false);
using var app = builder.Build();

if (await app.RunDualDbCommandAsync<AppDb>(args) is { } exitCode)
{
    return exitCode;
}

var db = app.Services.GetRequiredService<AppDb>();
if (args is ["play"])
{
    await db.Events.InstallAsync();
    await db.Sagas.InstallAsync();
    await db.Sync.InstallAsync();
    await app.Services.GetRequiredService<DatabaseMonitoring>().InstallAsync();
}

await app.StartAsync();
if (args is ["play"])
{
    await using (var transaction = await db.BeginNeonAsync())
    {
        transaction.Publish(new MemberJoined(1, "ada@example.org"), key: 1L);
        transaction.Publish(new MemberJoined(2, "bob@example.org"), key: 2L);
        await transaction.CommitAsync();
    }

    await db.Sagas.Trip.RunAsync("fine", new Trip(IsImpossible: false, "+66-2-555-0170"));
    try
    {
        await db.Sagas.Trip.RunAsync("stuck", new Trip(IsImpossible: true, "+66-2-555-0171"));
    }
    catch (SagaCompensationFailedException)
    {
        // As it should be.
    }

    while ((await db.Events.DeadLetters.ListAsync()).Count < 2)
    {
        await Task.Delay(20);
    }
}
else
{
    Console.WriteLine("ready");
    await Console.In.ReadToEndAsync();
}

await app.StopAsync();
return 0;
