package io.candor.knowledge.loading;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          en | You can return the item within 30 days of delivery, and we pay for the label that you need.
          de | Sie können die Ware innerhalb von 30 Tagen zurückgeben, und wir bezahlen das Porto für Sie.
          fr | Vous pouvez retourner les articles dans les 30 jours et nous payons pour vous le port.
          es | Puede devolver los artículos en un plazo de 30 días y no se le cobra por el envío de la devolución.
          it | È possibile restituire gli articoli entro 30 giorni e non è necessario pagare per la spedizione.
          pt | Você pode devolver os artigos em 30 dias e não paga mais por uma nova entrega do produto.
          nl | U kunt het artikel binnen 30 dagen na ontvangst aan ons retourneren en wij betalen de kosten.
          sv | Du kan skicka tillbaka varan inom 30 dagar och vi betalar för frakten om det är ett fel på den.
          pl | Towar można zwrócić w ciągu 30 dni od dostawy i nie płaci się za przesyłkę, jest to na nasz koszt.
          ru | Вы можете вернуть товар в течение тридцати дней после доставки.
          uk | Ви можете повернути товар протягом тридцяти днів після отримання її.
          el | Μπορείτε να επιστρέψετε το προϊόν εντός τριάντα ημερών.
          ja | 商品は到着後三十日以内に返品することができます。送料は当社が負担します。
          zh | 您可以在收到商品后三十天内退货，运费由我们承担，无需支付其他费用。
          ko | 상품을 받은 후 삼십 일 이내에 반품할 수 있습니다. 배송비는 저희가 부담합니다.
          ar | يمكنك إرجاع المنتج خلال ثلاثين يوما من الاستلام.
          he | ניתן להחזיר את המוצר בתוך שלושים יום מיום הקבלה.
          '' | Within 5 days.
          '' | 12 34 56 78 90
          """)
  void aLanguageIsToldByItsScriptAndFunctionWords(String language, String text) {
    assertEquals(Optional.of(language).filter(l -> !l.isEmpty()), Language.of(text));
  }
}
