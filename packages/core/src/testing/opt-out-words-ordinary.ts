/** Ordinary messages, parted by bars and lines, each with a stop word of its language in it, none asking for silence. */
export const ordinary: Readonly<Record<string, string>> = {
  und: `
    Don't stop | Stop by at 5pm | I want to cancel my order 123 | Which bus stop is it?
    By the end of the month, please | Is it a non-stop flight? | Please end the call and ring me
    Can you remove the second item | Stop, I mean yes, send it | We had a stopover in Rome
    He quit smoking last year | Can I opt out of the breakfast? | How do I unsubscribe my colleague?`,
  fr: `
    Je descends à l'arrêt Bellecour | Vous pouvez arrêter le four à midi | Arrêtez-vous devant la boulangerie
    Je suis en arrêt maladie jusqu'à lundi | Comment me désabonner du journal papier ?
    Le désabonnement du train est-il gratuit ? | Je dois me désinscrire du cours de yoga de mardi
    Il n'y a plus de messages sur mon répondeur | La désinscription à la cantine se fait où ?
    Le train est sans arrêt jusqu'à Lyon | Ne rien arrêter avant mon retour | Quand est la fin du stage ?`,
  es: `
    Estoy de baja médica hasta el viernes | Vivo en la planta baja | Quiero cancelar la cita del lunes
    No hay que parar en la esquina | Hable más alto, por favor | El edificio más alto de la ciudad
    Que pare el taxi delante de la puerta | No más tarde de las ocho | Me gustaría cancelar solo un artículo
    Hay que darme de baja en el gimnasio el martes | El precio baja la semana que viene | Sin parar hasta Madrid`,
  pt: `
    Vou sair às seis | Pode parar o carro na esquina | Quero cancelar a consulta de terça
    Pare em frente ao portão | Preciso remover o segundo item do pedido | Quando vai sair o resultado?
    Não vou cancelar, pode vir | O ônibus vai parar aqui? | Antes de sair, ligue para mim
    Como remover a mancha do sofá? | Sem parar até o Porto`,
  it: `
    L'autobus ferma davanti a casa | Il treno ferma a Bologna? | Mi basta una taglia media
    Non basta, ne servono due | Cancella solo il secondo articolo | Per favore rimuovi il riso dall'ordine
    Basta così per oggi, a domani | A che fermata? Quella dove ferma il 12 | Rimuovi la cipolla, grazie mille
    Fermati al semaforo e chiamami | La gomma cancella bene?`,
  de: `
    Ich will mein Kind vom Schwimmen abmelden | Kann ich das Probeabo später abbestellen?
    Stopp nicht vor der Ampel | Ich habe keine Nachrichten von euch bekommen
    Auf dem Umschlag stand keine Werbung | Muss ich mich im Hotel abmelden?
    Die Zeitung würde ich gern im Urlaub abbestellen | Wo kann ich die Zeitungen austragen?
    Stopp, ich meine doch die blauen | Keine Nachrichten sind gute Nachrichten
    Bitte nicht abmelden, ich komme doch`,
  nl: `
    Kun je bij de bakker stoppen? | Ik wil mijn zoon afmelden voor de les | De bus blijft hier stoppen
    Er zijn geen berichten op mijn telefoon | We stoppen om vijf uur met werken
    Waar kan ik me uitschrijven als inwoner? | Zij wil stoppen met roken
    Mag ik mijn afspraak van morgen afmelden? | Niet stoppen voor het stoplicht
    Ik zie geen berichten van gisteren | Je moet je als student uitschrijven`,
  pl: `
    Rezygnuję z drugiej pary butów | Koniec miesiąca mi pasuje
    Gdzie się zatrzymać? Zatrzymaj się przy kościele | Proszę wypisz mi fakturę | Lekarz wypisz receptę na jutro
    To nie koniec, dopiszę resztę wieczorem | Zatrzymaj dla mnie jedną sztukę | Nie rezygnuję, przyjadę w piątek
    Pod koniec tygodnia będę w domu | Kiedy jest koniec promocji na buty? | Wypisz to na kartce`,
  ro: `
    Autobuzul se opreste la colt? | Opreste te langa farmacie | Unde opreste trenul de la opt?
    Ploaia nu se mai opreste | Cum fac dezabonare de la ziar? | Taxa de dezabonare cat este?
    Opreste mi o masa pentru doua persoane | Cand se opreste lucrul? | Liftul se opreste la etajul trei
    Nu opreste aici | Formularul de dezabonare al bibliotecii unde este?`,
  sv: `
    Vid vilket stopp ska jag gå av? | Bussen gör stopp vid torget | Vi vill avsluta mötet klockan tre
    Hur kan jag avsluta gymkortet? | Det var stopp i avloppet igen | Jag ska avregistrera bilen i morgon
    Kan vi avsluta affären på fredag? | Stopp, jag menar den blå | Utan stopp till Malmö
    Var kan man avregistrera ett företag? | Snart ska jag avsluta kursen`,
  da: `
    Bussen kører uden stop | Stop ved bageren | Hvilket stop skal jeg af ved?
    Jeg vil gerne afmeld min søn fra svømning | Kan du stop bilen ved hjørnet?
    Hvordan skal jeg frameld mødet på torsdag? | Der er et stop i Odense | Stop ikke nu, det er godt
    Vi har et kort stop kl. 12 | Afmeld venligst kun mødet på onsdag | Næste stop er Aarhus`,
  fi: `
    Älä lopeta vielä | Peru vain toinen tilaus | Milloin kauppa lopeta myynnin? | Poistu bussista torilla
    Peru huomisen aika ja varaa uusi | Voinko peru varaus verkossa? | Lopeta soitto ja soita minulle
    Miten poistu moottoritieltä? | En peru tulemistani | Lopeta lämmitys kello viisi | Poistu toisesta ovesta`,
  cs: `
    Chci zrušit objednávku 123 | Jak odhlásit dítě ze školky? | Nechci zrušit schůzku, jen posunout
    Můžu odhlásit jeden oběd? | Dá se zrušit jen druhá položka? | Musím odhlásit auto na úřadě
    Kdy nejpozději můžu zrušit rezervaci? | Oběd na zítra prosím odhlásit, ve čtvrtek přijdu
    Zrušit pouze modrou, červenou nechat | Potřebuji se odhlásit z hotelu v deset | Lze zrušit dárkové balení?`,
  hu: `
    Hogyan megy a leiratkozás az újságról? | A leiratkozás díja mennyi?
    Mikor leiratkozom a tanfolyamról, visszakapom a pénzt? | Ha leiratkozom az edzésről, van díja?
    A leiratkozás az iskolából mikor lehetséges? | Nem leiratkozom, csak kérdezek
    Ma leiratkozom az egyetemi tárgyról | A leiratkozás gombot nem látom a honlapon
    Leiratkozás helyett inkább szüneteltetném | Ne leiratkozom legyen a felirat
    Kérek egy leiratkozás űrlapot a könyvtárnak`,
  el: `
    Έχουμε διακοπή ρεύματος | Η διακοπή του νερού πότε τελειώνει; | Το λεωφορείο σταματά μπροστά στο σπίτι
    Σταμάτα στη γωνία και πάρε με | Η διαγραφή του δεύτερου προϊόντος γίνεται; | Μια μικρή διακοπή για καφέ
    Θέλω διαγραφή από το γυμναστήριο την Τρίτη | Χωρίς διακοπή μέχρι την Πάτρα | Πού σταμάτα το τρένο;
    Διαγραφή μόνο της μπλε παραγγελίας | Δεν σταμάτα η βροχή`,
  tr: `
    Siparişimi iptal etmek istiyorum | Köşede dur lütfen beni bekle | Arabayı kapının önünde durdur
    İptal değil, sadece ertelemek istiyorum | Başvurum ret mi oldu? | Otobüs burada dur mu?
    Ret sebebini öğrenebilir miyim? | Yarınki randevuyu iptal edebilir miyiz? | Dur, mavi olanı kastettim
    Müziği durdur ve beni ara | İptal ücreti ne kadar?`,
  ru: `
    Нажмите стоп на панели | Отмена второго товара возможна? | Мне хватит одной пары | Этого не хватит на всех
    Как отписаться от газеты? | Отмена приёма во вторник | Знак стоп у школы | Хватит ли двух литров?
    Отмена рейса подтверждена? | Отписка пришла от врача | Без слова стоп на кнопке не понять`,
  uk: `
    Натисніть стоп на панелі | Хочу скасувати замовлення 123 | Як відписатися від газети?
    Чи можна скасувати другий товар? | Не треба скасувати, лише перенести | Знак стоп біля школи
    Кнопка стоп не працює | До якої години можна скасувати запис? | Де відписатися від спортзалу?
    Скасувати тільки синю, червону лишити | Стоп, я мав на увазі синю`,
  ar: `
    توقف الحافلة أمام البيت | أريد إلغاء الطلب رقم 123 | متى توقف المطر؟ | هل يمكن إلغاء المنتج الثاني فقط؟
    الغاء موعد الثلاثاء من فضلك ونقله إلى الأربعاء | يرجى إيقاف السيارة عند الزاوية
    أين موقف السيارات؟ توقف هناك | إلغاء الاشتراك في النادي كم يكلف؟ | ايقاف التشغيل يتم من الزر
    لا أريد الغاء الحجز | توقف العمل عند الخامسة`,
  he: `
    הסר את המוצר השני מההזמנה | איפה האוטובוס עצור? | תגיד לנהג עצור בפינה | הסירו את הבצל מהפיצה
    הפסק חשמל היה אתמול | אל תעצור, לא הפסק עכשיו | נא הסירו רק את הכחול | הרכב עצור מול הבית
    הפסק את המוזיקה ותתקשר אליי | עצור ליד המכולת | הסר רק פריט אחד`,
  hi: `
    दुकान कब बंद होती है? | दरवाज़ा बंद करो और आओ | आज बाज़ार बंद है | कोने पर गाड़ी रोको | बस कहाँ रोकें?
    टीवी बंद करो | पानी बंद है क्या? | यहाँ मत रोको | क्या दुकान रविवार को बंद है? | गाड़ी घर के सामने रोकें
    बत्ती बंद करो और मुझे फ़ोन करो`,
  id: `
    Bus berhenti di mana? | Tolong berhenti di depan rumah | Saya mau batal pesanan nomor 123
    Jangan berhenti dulu | Tidak jadi batal, kirim saja | Hujan belum berhenti
    Apakah kereta berhenti di Bandung? | Kalau batal, uang kembali? | Dia berhenti merokok
    Batal hanya barang kedua | Lampu stop di mobil mati`,
  ms: `
    Bas berhenti di mana? | Sila berhenti di hadapan rumah | Hujan belum berhenti | Jangan berhenti lagi
    Adakah tren berhenti di Ipoh? | Dia sudah berhenti kerja | Kereta henti di simpang
    Saya berhenti di kedai dahulu | Berhenti sebentar untuk minum | Teksi tidak boleh henti di sini
    Lif berhenti di tingkat tiga`,
  th: `
    รถหยุดที่ไหน | ร้านหยุดวันอาทิตย์ไหม | ขอยกเลิกออเดอร์หมายเลข 123 | ฝนหยุดแล้ว | ไม่ยกเลิกนะคะ ส่งได้เลย
    วันหยุดเปิดไหม | ยกเลิกแค่ชิ้นที่สอง | หยุดรถหน้าบ้านได้ไหม | ถ้ายกเลิกได้เงินคืนไหม | พรุ่งนี้เป็นวันหยุด
    อยากหยุดพักสักครู่`,
  vi: `
    Xe dừng ở đâu? | Tôi muốn hủy đơn hàng 123 | Anh dùng cỡ nào? | Đừng hủy, tôi vẫn đến | Mưa đã ngừng chưa?
    Dừng xe trước nhà nhé | Anh Dũng có ở đó không? | Em Huy sẽ nhận hàng | Chỉ hủy món thứ hai
    Cửa hàng ngừng bán lúc mấy giờ? | Đúng rồi, dùng màu xanh`,
  zh: `
    我想取消订单123 | 公交车停止运营了吗 | 只取消第二件 | 不取消，请发货 | 雨停止了 | 可以取消周二的预约吗 | 怎么退订早餐 | 他想退訂房間 | 停止键在哪里 | 取消的话退款吗
    会员取消订阅要多少钱`,
  ja: `
    バスはどこで停止しますか | ロックを解除してほしいです | 停止ボタンはどこですか | 契約の解除料はいくらですか | 機械が停止しました | 配信停止の設定は会員ページですか
    退会するとポイントはどうなりますか | アラームの解除方法を教えてください | 一時停止の標識 | ジムを退会するのは来月です | 解除せずにそのままにします`,
  ko: `
    버스 운행이 중지됐나요? | 이제 그만 가볼게요 | 계약 해지 수수료가 얼마예요? | 그만큼 주세요 | 재생 중지 버튼이 어디 있어요? | 회의 중지하고 전화 주세요
    헬스장 해지는 다음 달에 할게요 | 비가 그만 왔으면 좋겠어요 | 판매 중지된 상품인가요? | 수신거부 전화가 와 있네요 | 해지하지 않고 유지할게요`,
};
