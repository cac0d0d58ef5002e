using System.CommandLine;
using DualDb.Commands.Frame;
using DualDb.Consistency.Events;

namespace DualDb.Commands.OutboxCommands;

/// <summary>Which deliveries are meant.</summary>
internal sealed class LetterOptions
{
    private readonly Option<Database?> _source = new("--database") { Description = "The database whose outbox it is [default: both]" };
    private readonly Option<string?> _handler = new("--handler") { Description = "The handler" };
    private readonly Option<string?> _event = new("--event") { Description = "The name of the event" };
    private readonly Option<string?> _key = new("--key") { Description = "The key" };
    private readonly Option<string?> _group = new("--group") { Description = "What failures of one cause have in common, as 'list --groups' shows it" };

    public LetterOptions AddTo(Command command)
    {
        command.Add(_source);
        command.Add(_handler);
        command.Add(_event);
        command.Add(_key);
        command.Add(_group);
        return this;
    }

    /// <summary>Whether anything was said.</summary>
    public bool SaysAnything(CommandCall call)
        => call.Value(_source) is not null || (call.Value(_handler) ?? call.Value(_event) ?? call.Value(_key) ?? call.Value(_group)) is not null;

    public DeadLetterFilter Filter(CommandCall call, DeliveryState? state) => new()
    {
        Source = call.Value(_source),
        State = state,
        Handler = call.Value(_handler),
        EventName = call.Value(_event),
        Key = call.Value(_key),
        FailureGroup = call.Value(_group),
    };
}
