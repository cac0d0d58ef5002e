using DualDb.Analyzers.Events;
using DualDb.Analyzers.Rules;
using DualDb.Generators.Model;
using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace DualDb.Analyzers.Sagas;

/// <summary>Finds writes of steps that are not part of their transaction: they are committed by themselves, and once more when the step is tried again.</summary>
internal static class StepWrites
{
    public static void Check(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (context.ContainingSymbol is not IMethodSymbol method || !IsOfSaga(method) || WritingCall.DatabaseOf(call) is not { } database)
        {
            return;
        }

        // A transaction that the step has begun itself is committed by itself as well.
        if (Takes(method, database) && IsInTransaction(call, database))
        {
            return;
        }

        var given = Takes(method, database) ? database : TransactionOf(method);
        var (how, next) = given == database
            ? ("without the transaction that it was given", "Hand the transaction to the call")
            : ($"and has no transaction there{(given is { } other ? $" but one in {other}" : "")}", given is null ? $"Take a {database}Transaction and hand it to the call" : "Make two steps of it");
        context.ReportDiagnostic(Diagnostic.Create(SagaRules.WritesOutside, WritingCall.NameOf(call), method.ContainingType.Name, method.Name, database.ToString(), how, next));
    }

    private static bool IsOfSaga(IMethodSymbol method)
        => SagaNames.Find(method.ContainingType, "SagaAttribute") is not null
            && (SagaNames.Find(method, "StepAttribute") ?? SagaNames.Find(method, "CompensatesAttribute")) is not null;

    private static bool IsInTransaction(IInvocationOperation call, DatabaseKind database)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.ArgumentKind == ArgumentKind.Explicit && IsTransaction(argument.Value.Type, database))
            {
                return true;
            }
        }

        // A query is told of its transaction before it writes: db.Orders.In(tx).Where(…).DeleteAsync().
        for (var receiver = call.Instance; receiver is IInvocationOperation { Instance: var before } earlier; receiver = before)
        {
            foreach (var argument in earlier.Arguments)
            {
                if (argument.ArgumentKind == ArgumentKind.Explicit && IsTransaction(argument.Value.Type, database))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static DatabaseKind? TransactionOf(IMethodSymbol method)
    {
        foreach (var database in new[] { DatabaseKind.Neon, DatabaseKind.Supabase })
        {
            if (Takes(method, database))
            {
                return database;
            }
        }

        return null;
    }

    private static bool Takes(IMethodSymbol method, DatabaseKind database)
    {
        foreach (var parameter in method.Parameters)
        {
            if (IsTransaction(parameter.Type, database))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsTransaction(ITypeSymbol? type, DatabaseKind database) => TypeNames.Is(type, Annotations.Namespace, database + "Transaction");
}
